import type { Ending } from '../../lib/local-aws/model/states/ending.ts';
import type { ExecutionInfo, Runner } from '../../lib/local-aws/model/states/execution.ts';
import { Executions } from '../../lib/simulation/executions.ts';

const info: ExecutionInfo = {
  arn: 'arn:d-1',
  name: 'd-1',
  machineArn: 'arn:m',
  roleArn: 'arn:r',
  definition: JSON.stringify({
    StartAt: 'a',
    States: { a: { Type: 'Pass', Next: 'b' }, b: { Type: 'Succeed' } },
  }),
  input: '{}',
  startedAt: 0,
};

function started(
  executions: Executions,
  given = info,
): { end: (ending: Ending) => void; definition: string } {
  let end: (ending: Ending) => void = () => undefined;
  let definition = '';
  const run = (execution: ExecutionInfo): ReturnType<Runner> => {
    definition = execution.definition;
    const result = new Promise<Ending>((resolve) => {
      end = resolve;
    });
    return { result, abort: () => undefined };
  };
  executions.around(run)(given);
  return { end, definition };
}

test('knows what runs and how it ended', async () => {
  const executions = new Executions();
  const told: (string | undefined)[] = [];
  executions.told = ({ ending }) => told.push(ending?.status);
  const { end } = started(executions);
  expect(executions.running().map((execution) => execution.info.name)).toEqual(['d-1']);
  end({ status: 'ABORTED' });
  await executions.get('arn:d-1').ended;
  expect(executions.running()).toEqual([]);
  expect(executions.all()).toHaveLength(1);
  expect(told).toEqual([undefined, 'ABORTED']);
  expect(() => executions.get('arn:d-2')).toThrow('no execution arn:d-2');
});

test('a redriven execution goes on in the state it was in, with what that state got', () => {
  const executions = new Executions();
  started(executions);
  const entered: string[] = [];
  executions.entered = ({ info: { name } }, state) => entered.push(`${name} ${state}`);
  executions.noteState(info, { type: 'entered', state: 'a', at: 0 });
  executions.noteState(info, { type: 'exited', state: 'a', at: 0, output: { x: 1 } });
  executions.noteState(info, { type: 'entered', state: 'b', at: 0 });
  expect(entered).toEqual(['d-1 a', 'd-1 b']);
  const { definition } = started(executions, { ...info, redrives: 1 });
  const { StartAt, States } = JSON.parse(definition);
  expect(States[StartAt]).toEqual({ Type: 'Pass', Result: { x: 1 }, Next: 'b' });
});
