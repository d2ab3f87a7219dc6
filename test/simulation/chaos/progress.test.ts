import type { Ending } from '../../../lib/local-aws/model/states/ending.ts';
import { progressProblem } from '../../../lib/simulation/chaos/progress.ts';
import type { Act, ActKind } from '../../../lib/simulation/chaos/schedule.ts';

const act = (kind: ActKind): Act => ({ kind, milliseconds: 0, pick: 0, amount: 0 });
const calm = { faults: [], flaws: [], acts: [act('deploy'), act('scale live')] };

function ended(ending: Ending | undefined) {
  const machine = { machineArn: 'arn', definition: '{}', roleArn: '' };
  const info = { arn: 'arn', name: 'd-1', ...machine, input: '{}', startedAt: 0 };
  return { info, ending, ended: new Promise<Ending>(() => undefined), at: undefined };
}

const failed = (error: string) => ended({ status: 'FAILED', error, cause: 'why' });
const succeeded = ended({ status: 'SUCCEEDED', output: '' });

test('fails when a deployment does, although nothing went wrong', () => {
  expect(progressProblem(calm, [succeeded, failed('NotInService')])).toBe(
    'd-1 failed, although nothing went wrong: NotInService: why',
  );
  expect(progressProblem(calm, [ended({ status: 'TIMED_OUT' })])).toContain('TIMED_OUT');
  expect(progressProblem(calm, [ended(undefined)])).toBe('d-1 never ended');
});

test('holds when another deployment was at it', () => {
  expect(progressProblem(calm, [succeeded, failed('DeploymentInProgress')])).toBeUndefined();
});

test('asks for nothing when something went wrong', () => {
  const executions = [failed('NotInService')];
  expect(progressProblem({ ...calm, acts: [act('deploy'), act('kill')] }, executions)).toBeUndefined();
  expect(progressProblem({ ...calm, flaws: [{ launch: 0, outcome: 'dies' }] }, executions)).toBeUndefined();
});
