import { HoldfastError } from '../../../lib/release/errors.ts';
import { formatReport } from '../../../lib/release/report.ts';
import { reportOf } from '../../../lib/simulation/hosts/report.ts';
import { launched, record, settings } from '../../support/story/instance.ts';

const begun = Date.UTC(2026, 0, 1);
const built = { release: record.release, begun, ended: begun + 2_500 };

test('reports fit the schema of the agent’s', () => {
  const report = reportOf(launched, settings, built);
  expect(() => formatReport(report, 'report')).not.toThrow();
  expect(report.phases).toEqual([{ name: 'deploy', seconds: 2.5 }]);
});

test('a failure is told by name, with whether another instance may fare better', () => {
  const failure = new HoldfastError('GitFailed', 'the host does not answer');
  const report = reportOf(launched, settings, { ...built, failure });
  expect(report).toMatchObject({
    result: 'failed',
    error: { name: 'GitFailed', message: 'the host does not answer', retryable: true },
  });
  expect(reportOf(launched, settings, { ...built, failure: new Error('x') }).error?.name).toBe(
    'BootstrapFailed',
  );
});
