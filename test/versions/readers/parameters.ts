import { parseSettings, type Settings } from '../../../lib/config/settings.ts';
import { type DeployedRecord, formatRecord, parseRecord } from '../../../lib/release/record.ts';
import { minimalSettings } from './minimal-settings.ts';
import { type Readers, readersOf } from './readers.ts';

const tarball = (key: string, digit: string) => ({ key, version: 'vA3x', sha256: digit.repeat(64) });
const commit = (two: string) => two.repeat(20);
const states = { branch: 'main', commit: commit('00') };

const records: Record<string, Partial<DeployedRecord>> = {
  'everything.json': {
    release: {
      site: {
        branch: 'release/2026-11',
        commit: commit('aa'),
        overlay: tarball(`overlays/web/site/${commit('aa')}.tar.zst`, '1'),
      },
      states: { branch: 'main', commit: commit('bb') },
      assets: { artifact: tarball('builds/assets-77.tar.gz', '2') },
    },
    colour: 'green',
    fleet: 'holdfast-prod-web-green-1a2b3c4d',
    settings: 12,
    verified: true,
    deployment: 'd-7',
    by: 'ci',
    at: '2026-11-22T10:00:00.000Z',
    reason: 'the new cart',
  },
  'by-hand.json': {
    release: { site: { branch: 'main', commit: commit('cc') } },
    deployment: 'manual-host-2026-11-22T10:00:00.000Z',
    by: 'ada@host',
  },
  'unverified.json': { colour: 'blue', verified: false, deployment: 'd-8' },
  'web-deployed.json': {
    release: { site: { branch: 'main', commit: commit('05') }, states },
    colour: 'blue',
    deployment: 'd-5',
  },
  'web-deployed-first.json': {
    release: { site: { branch: 'main', commit: commit('01') }, states },
    colour: 'blue',
    by: 'ada',
    settings: 1,
  },
  'web-candidate.json': {
    release: { site: { branch: 'feature/cart', commit: commit('02') }, states },
    colour: 'green',
    reason: 'the new cart',
  },
  'worker-deployed.json': { release: { jobs: { branch: 'main', commit: commit('05') }, states } },
  'worker-deployed-first.json': { by: 'ada', settings: 1, colour: 'blue' },
  'worker-candidate.json': { colour: 'green', reason: 'the new cart' },
};

const settings: Record<string, Partial<Settings>> = {
  'minimal.json': minimalSettings,
  'everything.json': {
    service: 'web',
    warmPool: { min: 1, state: 'stopped' },
    drain: { command: 'site drain', deadlineSeconds: 300 },
    scaling: { cpuPercent: 60, requestsPerTarget: 1000 },
    provision: { tool: 'salt', states: '.', pillar: 'pillar', timeoutSeconds: 1200 },
    values: {
      STAGE: { value: 'test' },
      DATABASE: { parameter: '/shop/database' },
      TOKEN: { secret: 'shop/site', key: 'token' },
    },
  },
  'instance.json': {
    configuration: 'states',
    watch: [{ paths: ['/etc/site'], unit: 'site.service', action: 'restart' }],
    refresh: { everySeconds: 300 },
  },
  'web.json': { environment: 'prod', port: 8080, capacity: { min: 2, max: 8 }, scaling: { cpuPercent: 60 } },
  'worker.json': { environment: 'prod', tier: 'middle', start: 'systemctl restart jobs' },
};

export const parameterReaders: Readers = {
  ...readersOf('parameters/records', records, (text, expected, path) => {
    const record = parseRecord(text, path);
    expect(record).toMatchObject(expected);
    expect(Object.keys(record).includes('colour')).toBe(path.includes('by-hand') === false);
    expect(formatRecord(record, path)).toBe(text);
  }),
  ...readersOf('parameters/settings', settings, (text, expected, path) => {
    const parsed = parseSettings(text, path);
    expect(parsed).toMatchObject(expected);
    // Nothing that was written is lost or changed.
    expect(parsed).toMatchObject(JSON.parse(text));
  }),
};
