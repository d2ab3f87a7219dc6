import { formatRefreshReport, type RefreshReport } from '../../../lib/release/refresh.ts';
import { formatReport, parseReport, type Report, releaseOf } from '../../../lib/release/report.ts';
import { sentenceOf } from '../../../lib/rollout/decisions/evidence.ts';
import { parseJournal } from '../../../lib/rollout/journal.ts';
import { type Readers, readersOf } from './readers.ts';

const site = 'e84e710f3afeebd6a692484374074e466d6ca33e';
const states = 'f40da6ca038b211430fe41dd791319b755cbf2f3';

const reports: Record<string, object> = {
  'ready.json': {
    instance: 'i-0123456789abcdef0',
    colour: 'blue',
    record: '/holdfast/test/web/deployed:2',
    settings: '/holdfast/test/web/settings:1',
    deployment: 'd-1',
    result: 'ready',
    release: {
      site: { branch: 'main', commit: site, author: 'Ada', subject: 'Say hello' },
      states: { branch: 'main', commit: states, date: '2026-11-01T10:00:00.000Z' },
      assets: { artifact: { key: 'builds/assets-77.tar.zst' } },
    },
  },
  'ready-simulated.json': { instance: 'i-00000000000000012', phases: [{ name: 'deploy', seconds: 10 }] },
  'ready-with-warnings.json': { warnings: [expect.stringContaining('does not name repository states')] },
  'failed.json': { result: 'failed', error: { name: 'NotHealthy', retryable: false } },
  'failed-early.json': { release: {}, error: { name: 'NothingRecorded', retryable: false } },
  'failed-boot.json': { record: 'none', phases: [], error: { name: 'BootstrapFailed' } },
  'failed-simulated.json': { deployment: 'd-3', error: { name: 'NotHealthy' } },
};

/** Parts of the work that the real agent timed. */
const phases: Record<string, string[]> = {
  'store/reports/ready.json': [
    'identity',
    'values',
    'read record',
    'fetch',
    'archive',
    'checkout',
    'install',
    'provision',
    'download',
  ],
  'store/reports/failed.json': ['fetch', 'checkout', 'build', 'switch', 'start', 'health'],
};

/** Written by the boot script, in a form of its own. */
const isOfScript = (path: string) => path.endsWith('/failed-boot.json');

const refreshes: Record<string, Partial<RefreshReport>> = {
  'well.json': { result: 'well', errors: [] },
  'failed.json': { result: 'failed' },
};

const evidence: Record<string, string> = { 'not-healthy.json': 'web', 'not-healthy-worker.json': 'worker' };

export const reportReaders: Readers = {
  ...readersOf('store/reports', reports, (text, expected, path) => {
    const report = parseReport(text, path);
    expect(report).toMatchObject(expected);
    expect(namesOf(report)).toEqual(expect.arrayContaining(phases[path] ?? []));
    expect(Object.keys(releaseOf(report))).toEqual(Object.keys(JSON.parse(text).release));
    if (!isOfScript(path)) expect(formatReport(report, path)).toBe(text);
  }),
  ...readersOf('store/refreshes', refreshes, (text, expected, path) => {
    const report: RefreshReport = JSON.parse(text);
    expect(report).toMatchObject(expected);
    expect(formatRefreshReport(report, path)).toBe(text);
  }),
  ...readersOf('store/evidence', evidence, (text, service, path) => {
    const { schema, failure, journal, instances } = JSON.parse(text);
    expect(schema).toBe(1);
    expect(sentenceOf(failure)).toMatch(/^instance i-\w+: the release did not answer 200 within 60 seconds$/);
    expect(parseJournal(JSON.stringify(journal), path)).toMatchObject({ service, step: 'boot' });
    const [first] = instances;
    expect(parseReport(JSON.stringify(first.report), path)).toMatchObject({ service, result: 'failed' });
  }),
};

function namesOf({ phases }: Report): string[] {
  return phases.map(({ name }) => name);
}
