import { type CandidateHealth, judgeHealth } from '../../../lib/rollout/decisions/health.ts';
import { commits, releaseOf, reportOf } from '../../support/fleet/service.ts';

const candidate = (changes: Partial<CandidateHealth> = {}): CandidateHealth => ({
  fleet: { name: 'green', instances: [{ id: 'i-1', lifecycle: 'InService' }] },
  needed: 1,
  record: '/holdfast/prod/web/green:1',
  release: releaseOf(commits.new),
  reports: [reportOf('i-1')],
  ...changes,
});

test('is ready with every instance ready', () => {
  expect(judgeHealth(candidate())).toEqual({ ready: true });
});

test('does not count instances on their way out', () => {
  const instances = [
    { id: 'i-0', lifecycle: 'Terminating:Wait' },
    { id: 'i-1', lifecycle: 'InService' },
  ];
  expect(judgeHealth(candidate({ fleet: { name: 'green', instances } }))).toEqual({ ready: true });
});

test('an instance that reported but has not passed its hook is not ready', () => {
  const instances = [{ id: 'i-1', lifecycle: 'Pending:Proceed' }];
  expect(judgeHealth(candidate({ fleet: { name: 'green', instances } }))).toEqual({
    ready: false,
    because: '0 of 1 instances of fleet green are ready; i-1 Pending:Proceed, reported ready',
  });
});

test('an empty fleet is not ready, whatever is needed', () => {
  const fleet = { name: 'green', instances: [] };
  expect(judgeHealth(candidate({ fleet, needed: 0, reports: [] })).ready).toBe(false);
});

test('names at most five of many that are missing', () => {
  const instances = Array.from({ length: 9 }, (_, index) => ({ id: `i-${index + 2}`, lifecycle: 'Pending' }));
  const finding = judgeHealth(candidate({ fleet: { name: 'green', instances }, needed: 9 }));
  expect(finding.ready ? '' : finding.because.split('; ')).toHaveLength(6);
});

test('fails on a report that cannot be turned around', () => {
  const error = { name: 'InvalidTarball' as const, message: 'digest differs', retryable: false };
  expect(() => judgeHealth(candidate({ reports: [reportOf('i-1', { result: 'failed', error })] }))).toThrow(
    'instance i-1: digest differs',
  );
});

test('compares what was reported with the release', () => {
  expect(() => judgeHealth(candidate({ release: releaseOf(commits.old) }))).toThrow(
    'with other commits, expected',
  );
});

describe('an instance that was told another branch of the configuration', () => {
  const states = (branch: string, commit: string) => ({
    ...releaseOf(commits.new),
    states: { branch, commit },
  });
  const reported = (branch: string, commit: string) =>
    candidate({
      configuration: 'states',
      release: states('main', commits.new),
      reports: [reportOf('i-1', { release: states(branch, commit) })],
    });

  test('is ready on it', () => {
    expect(judgeHealth(reported('next', commits.old))).toEqual({ ready: true });
  });

  test('is no excuse for another commit of the same branch', () => {
    expect(() => judgeHealth(reported('main', commits.old))).toThrow('with other commits, expected');
  });

  test('is no excuse in any other repository', () => {
    expect(() => judgeHealth({ ...reported('next', commits.old), configuration: 'site' })).toThrow(
      'with other commits, expected',
    );
  });
});
