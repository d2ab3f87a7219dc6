import { evidence } from '../../lambda/evidence.ts';
import { storeKeys } from '../../lib/config/resource-names.ts';
import type { FakeAws } from '../support/fleet/fake-aws.ts';
import {
  candidate,
  journalOf,
  keep,
  recordOf,
  report,
  runningDeployment,
  event as step,
} from '../support/fleet/service.ts';

const failure = {
  Error: 'CandidateNotReady',
  Cause: '{"errorType":"CandidateNotReady","errorMessage":"not ready"}',
};
const event = { execution: step.execution, deployment: step.deployment, input: { service: 'web' } };
const key = storeKeys.evidence('web', 'd-2');
const refuse = async () => Promise.reject(new Error('not today'));

describe('evidence', () => {
  test('keeps reports, consoles and target health, and says in one sentence where', async () => {
    const aws = runningDeployment();
    aws.launched.push({ id: 'i-candidate-1', group: candidate, state: 'running' });
    const reason = 'Client.InternalError: Client error on launch';
    aws.launched.push({ id: 'i-gone', group: candidate, state: 'terminated', reason });
    aws.launchFailures.set(candidate, [{ at: '2026-11-22T09:59:30.000Z', message: 'no capacity' }]);
    report(aws, 'i-gone', {
      result: 'failed',
      error: { name: 'GitFailed', message: 'no answer', retryable: true },
    });
    expect(await evidence({ ...event, state: { failure } }, aws)).toEqual({
      Error: 'CandidateNotReady',
      Cause: `not ready; evidence: s3://store/${key}`,
      settle: true,
    });
    expect(JSON.parse(aws.objects.stored.get(key)?.body ?? '')).toMatchObject({
      service: 'web',
      deployment: 'd-2',
      failure,
      instances: [
        {
          id: 'i-gone',
          state: 'terminated',
          reason,
          report: { result: 'failed' },
          console: 'console of i-gone',
        },
        { id: 'i-candidate-1', report: { result: 'ready' } },
      ],
      targets: [{ state: 'healthy' }, { state: 'healthy' }],
      group: { name: candidate },
      launches: [{ message: 'no capacity' }],
    });
  });

  test('keeps what it can get', async () => {
    const aws = runningDeployment();
    aws.launched.push({ id: 'i-candidate-1', group: candidate, state: 'running' });
    aws.instances.console = async () => Promise.reject(new Error('too early'));
    await evidence({ ...event, state: { failure } }, aws);
    expect(JSON.parse(aws.objects.stored.get(key)?.body ?? '').instances[0].console).toEqual({
      unavailable: 'too early',
    });
  });

  test.each([
    ['instances', (aws: FakeAws) => (aws.instances.ofDeployment = refuse)],
    [
      'reports',
      (aws: FakeAws) => {
        const get = aws.objects.get.bind(aws.objects);
        aws.objects.get = (key) => (key.startsWith('reports/') ? refuse() : get(key));
      },
    ],
    ['settings', (aws: FakeAws) => (aws.parameters.getVersion = refuse)],
  ])('keeps the rest when %s cannot be read', async (_, refuseTo) => {
    const aws = runningDeployment();
    aws.launched.push({ id: 'i-candidate-1', group: candidate, state: 'running' });
    refuseTo(aws);
    expect(await evidence({ ...event, state: { failure } }, aws)).toMatchObject({
      Cause: `not ready; evidence: s3://store/${key}`,
      settle: true,
    });
    const kept = aws.objects.stored.get(key)?.body ?? '';
    expect(kept).toContain('"unavailable": "not today"');
    expect(kept).toContain('"journal"');
  });

  test('says why there is none, and settles', async () => {
    const aws = runningDeployment();
    aws.objects.put = refuse;
    expect(await evidence({ ...event, state: { failure } }, aws)).toEqual({
      Error: 'CandidateNotReady',
      Cause: 'not ready; the evidence could not be kept: not today',
      settle: true,
    });
  });

  test('settles when the journal cannot be read: restore finds out whose it is', async () => {
    const aws = runningDeployment();
    aws.journals.read = refuse;
    expect(await evidence({ ...event, state: { failure } }, aws)).toMatchObject({
      Cause: 'not ready; the evidence could not be kept: not today',
      settle: true,
    });
  });

  test('after a settle that failed it settles nothing, and keeps its evidence beside the first', async () => {
    const aws = runningDeployment();
    await evidence({ ...event, state: { failure } }, aws);
    const first = aws.objects.stored.get(key)?.body;
    const unsettled = { Error: 'AwsFailed', Cause: '{"errorMessage":"could not resize"}' };
    const failed = { Error: 'CandidateNotReady', Cause: 'not ready; evidence: there' };
    expect(await evidence({ ...event, state: { failure: failed, unsettled } }, aws)).toEqual({
      Error: 'CandidateNotReady',
      Cause:
        'not ready; evidence: there; settling failed too, AwsFailed: could not resize; settling starts again within 5 minutes; evidence: s3://store/evidence/web/d-2.unsettled.json',
      settle: false,
    });
    expect(aws.objects.stored.get(key)?.body).toBe(first);
  });

  test('says that a recorded release stays', async () => {
    const aws = runningDeployment();
    keep(aws, journalOf({ commit: { record: recordOf() } }));
    expect((await evidence({ ...event, state: { failure } }, aws)).Cause).toContain(
      'the release was recorded before and stays',
    );
  });

  test.each([
    ['never had the journal', { execution: 'other' }],
    ['closed the journal', { state: 'closed' as const }],
  ])('keeps nothing and settles nothing for an execution that %s', async (_, changes) => {
    const aws = runningDeployment();
    keep(aws, journalOf(changes));
    expect(await evidence({ ...event, state: { failure } }, aws)).toEqual({
      Error: 'CandidateNotReady',
      Cause: 'not ready',
      settle: false,
    });
    expect(aws.objects.stored.has(key)).toBe(false);
  });

  test('takes the failure of an overdue wait as it is', async () => {
    const aws = runningDeployment();
    const overdue = { Error: 'NotInService', Cause: 'fleet green has no healthy target' };
    expect((await evidence({ ...event, state: { failure: overdue } }, aws)).Cause).toMatch(
      /^fleet green has no healthy target; evidence: /,
    );
  });

  test.each([undefined, 'web', null, { service: '../web' }])(
    'has nothing to settle for the input %j',
    async (input) => {
      const aws = runningDeployment();
      expect(await evidence({ ...event, input, state: { failure } }, aws)).toMatchObject({
        Cause: 'not ready',
        settle: false,
      });
    },
  );
});
