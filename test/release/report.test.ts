import { errorNames } from '../../lib/release/errors.ts';
import { formatReport, isRetryable, parseReport, type Report, releaseOf } from '../../lib/release/report.ts';

const commit = 'a'.repeat(40);
const tarball = { key: 'k', version: 'v', sha256: 'b'.repeat(64) };
const whole: Report = {
  schema: 1,
  instance: 'i-1',
  environment: 'prod',
  service: 'web',
  role: 'web',
  colour: 'blue',
  record: '/holdfast/prod/web/blue:3',
  settings: '/holdfast/prod/web/settings:2',
  deployment: 'd-1',
  result: 'ready',
  release: {
    site: {
      branch: 'main',
      commit,
      overlay: tarball,
      author: 'Ada',
      date: '2026-11-22T10:00:00.000Z',
      subject: 's',
    },
    tools: { artifact: tarball },
  },
  phases: [{ name: 'fetch', repository: 'site', seconds: 0.5 }],
  at: '2026-11-22T10:00:00.000Z',
};

it('reads what it wrote', () => {
  expect(parseReport(formatReport(whole, 'r'), 'r')).toEqual(whole);
});

it('reads a failure that came before anything was known', () => {
  const { colour, deployment, ...rest } = whole;
  const error = { name: 'GitFailed', message: 'no host', retryable: true } as const;
  const failed: Report = { ...rest, result: 'failed', release: {}, phases: [], error };
  expect(parseReport(formatReport(failed, 'r'), 'r')).toEqual(failed);
});

it('refuses what does not fit, by the path of the key', () => {
  const body = JSON.stringify({ ...whole, result: 'perhaps' });
  expect(() => parseReport(body, 'object r')).toThrow('object r: result: found "perhaps"');
  expect(() => parseReport('{', 'object r')).toThrow('not JSON');
});

it('holds the release as a record does', () => {
  expect(releaseOf(whole)).toEqual({
    site: { branch: 'main', commit, overlay: tarball },
    tools: { artifact: tarball },
  });
});

it('takes only what lies outside the release for something that may pass', () => {
  expect(errorNames.filter(isRetryable)).toEqual(['GitFailed', 'BootstrapFailed', 'AwsFailed']);
});
