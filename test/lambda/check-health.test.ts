import { checkHealth } from '../../lambda/check-health.ts';
import {
  candidate,
  commits,
  event,
  groupOf,
  live,
  releaseOf,
  report,
  runningDeployment,
  waitOf,
} from '../support/fleet/service.ts';

const failure = (retryable: boolean) => ({
  result: 'failed' as const,
  error: { name: 'UnknownCommit' as const, message: 'commit x is not on branch main', retryable },
});

describe('check-health', () => {
  test('is ready when every instance reported ready on the release and entered service', async () => {
    const aws = runningDeployment();
    expect(await checkHealth({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({
      outcome: 'ready',
      because: '',
    });
    expect(aws.log).toEqual([]);
  });

  test('waits for an instance without a report, and says which', async () => {
    const aws = runningDeployment();
    aws.fleet(candidate).instances.push({ id: 'i-late', lifecycle: 'Pending:Wait' });
    const answer = await checkHealth({ ...event, wait: waitOf(aws) }, aws);
    expect(answer).toMatchObject({ outcome: 'waiting', poll: 5, error: 'CandidateNotReady' });
    expect(answer.because).toBe(
      '2 of 2 instances of fleet candidate are ready; i-late Pending:Wait, no report yet',
    );
  });

  test.each([
    ['another instance', { instance: 'i-victim' }],
    ['another service', { service: 'shop' }],
    ['another environment', { environment: 'dev' }],
  ])('believes nobody who reports for %s', async (_, changes) => {
    const aws = runningDeployment();
    const [intruder = ''] = aws.fleet(candidate).instances.map(({ id }) => id);
    report(aws, intruder, changes);
    await expect(checkHealth({ ...event, wait: waitOf(aws) }, aws)).rejects.toMatchObject({
      name: 'InvalidRecord',
      message: expect.stringMatching(
        new RegExp(
          `^reports/.*${intruder}.*: found a report of .*, expected .*; look for an intruder on ${intruder}`,
        ),
      ),
    });
  });

  test('is overdue at its deadline, with the last reason', async () => {
    const aws = runningDeployment();
    aws.fleet(candidate).instances = [];
    aws.launched.push({ id: 'i-gone', group: candidate, state: 'terminated' });
    report(aws, 'i-gone', {
      result: 'failed',
      error: { name: 'GitFailed', message: 'no answer', retryable: true },
    });
    const answer = await checkHealth({ ...event, wait: waitOf(aws, 0) }, aws);
    expect(answer.outcome).toBe('overdue');
    expect(answer.because).toContain('i-gone failed: GitFailed: no answer');
  });

  describe('while instances are missing', () => {
    const failed = (message: string) => {
      const aws = runningDeployment();
      aws.fleet(candidate).instances = [];
      aws.launchFailures.set(candidate, [{ at: '2026-11-22T09:59:30.000Z', message }]);
      return aws;
    };

    test('says why the newest launch failed, and waits for capacity', async () => {
      const aws = failed('We currently do not have sufficient t4g.small capacity.');
      expect(await checkHealth({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({
        outcome: 'waiting',
        because:
          '0 of 2 instances of fleet candidate are ready; the launch at 2026-11-22T09:59:30.000Z failed: We currently do not have sufficient t4g.small capacity.',
      });
    });

    test('ends at once when no launch can work', async () => {
      const aws = failed('Termination Reason: Client.InternalError: Client error on launch');
      await expect(checkHealth({ ...event, wait: waitOf(aws) }, aws)).rejects.toMatchObject({
        name: 'CandidateNotReady',
        message: expect.stringContaining('Client.InternalError'),
      });
    });

    test('waits on when nobody may tell', async () => {
      const aws = failed('');
      aws.groups.launchFailures = async () => Promise.reject(new Error('not today'));
      expect(await checkHealth({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({
        outcome: 'waiting',
        because: '0 of 2 instances of fleet candidate are ready; not today',
      });
    });

    test('asks for no activities once all are ready', async () => {
      const aws = runningDeployment();
      aws.groups.launchFailures = async () => Promise.reject(new Error('asked'));
      expect(await checkHealth({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({ because: '' });
    });
  });

  test('raises the candidate to a live fleet that grew, and gives it time', async () => {
    const aws = runningDeployment();
    aws.fleet(live).desired = 5;
    const answer = await checkHealth({ ...event, wait: waitOf(aws, 10) }, aws);
    expect(aws.log).toEqual([`resize ${candidate} 5/5/-`]);
    expect(answer).toMatchObject({ outcome: 'waiting', deadline: '2026-11-22T10:15:00.000Z' });
  });

  test('never moves the deadline beyond its latest end', async () => {
    const aws = runningDeployment();
    aws.fleet(live).desired = 5;
    const wait = { deadline: '2026-11-22T10:00:10.000Z', latest: '2026-11-22T10:01:00.000Z' };
    expect(await checkHealth({ ...event, wait }, aws)).toMatchObject({ deadline: wait.latest });
  });

  test('fails at once on a report that no new attempt can turn around, under its name', async () => {
    const aws = runningDeployment();
    report(aws, 'i-candidate-2', failure(false));
    await expect(checkHealth({ ...event, wait: waitOf(aws) }, aws)).rejects.toMatchObject({
      name: 'UnknownCommit',
      message: 'instance i-candidate-2: commit x is not on branch main',
    });
  });

  test('finds such a report of an instance that is gone already', async () => {
    const aws = runningDeployment();
    aws.launched.push({ id: 'i-gone', group: candidate, state: 'terminated' });
    report(aws, 'i-gone', failure(false));
    await expect(checkHealth({ ...event, wait: waitOf(aws) }, aws)).rejects.toMatchObject({
      name: 'UnknownCommit',
    });
  });

  test('waits on a failure that another instance may not meet', async () => {
    const aws = runningDeployment();
    report(aws, 'i-candidate-2', failure(true));
    expect(await checkHealth({ ...event, wait: waitOf(aws) }, aws)).toMatchObject({ outcome: 'waiting' });
  });

  test.each([
    ['another record', { record: '/holdfast/prod/web/green:7' }],
    ['other commits', { release: releaseOf(commits.old) }],
  ])('fails when an instance reports ready on %s', async (_, changes) => {
    const aws = runningDeployment();
    report(aws, 'i-candidate-1', changes);
    await expect(checkHealth({ ...event, wait: waitOf(aws) }, aws)).rejects.toMatchObject({
      name: 'CandidateNotReady',
      message: expect.stringContaining('i-candidate-1'),
    });
  });

  test('fails when the group is gone', async () => {
    const aws = runningDeployment();
    aws.fleets.set(candidate, groupOf(candidate, { deleting: true }));
    await expect(checkHealth({ ...event, wait: waitOf(aws) }, aws)).rejects.toMatchObject({
      name: 'CandidateNotReady',
    });
  });
});
