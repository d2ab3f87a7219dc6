import { type DeployedRecord, formatRecord, parseRecord } from '../../lib/release/record.ts';

const commit = 'a'.repeat(40);
const whole: DeployedRecord = {
  schema: 1,
  release: {
    site: {
      branch: 'main',
      commit,
      overlay: { key: 'overlays/web/site/x.tar.zst', version: 'v1', sha256: 'b'.repeat(64) },
    },
    tools: { artifact: { key: 'tools.tar.gz', version: 'v2', sha256: 'c'.repeat(64) } },
  },
  colour: 'green',
  fleet: 'holdfast-prod-web-green-1',
  settings: 12,
  verified: true,
  deployment: 'd-1',
  by: 'ci',
  at: '2026-11-22T10:00:00Z',
  reason: 'release 7',
};

const parse = (change: object) => () => parseRecord(JSON.stringify({ ...whole, ...change }), 'parameter /p');

it('reads what it wrote', () => {
  expect(parseRecord(formatRecord(whole, 'p'), 'p')).toEqual(whole);
});

it('takes a record without the optional keys, and holds it for verified', () => {
  const { colour, fleet, settings, verified, reason, ...least } = whole;
  expect(parseRecord(JSON.stringify(least), 'p')).toEqual({ ...least, verified: true });
});

it('refuses text that is not JSON, naming the parameter', () => {
  expect(() => parseRecord('{', 'parameter /p')).toThrow(/^parameter \/p: not JSON/);
});

it('refuses another schema by its number', () => {
  expect(parse({ schema: 2 })).toThrow(
    'parameter /p: found schema 2, this version of Holdfast reads schema 1; update it',
  );
});

it.each([
  [
    'a short commit',
    { release: { site: { branch: 'main', commit: 'abc' } } },
    'release.site.commit: found "abc"',
  ],
  ['a hostile branch', { release: { site: { branch: '--x', commit } } }, 'release.site.branch: found "--x"'],
  ['a hostile repository', { release: { '../x': { branch: 'main', commit } } }, 'release'],
  ['another colour', { colour: 'red' }, 'colour: found "red", expected "blue" or "green"'],
  ['a missing deployment', { deployment: undefined }, 'deployment: found nothing'],
  ['a broken time', { at: 'yesterday' }, 'at: found "yesterday"'],
  ['null', { release: null }, 'release: found null'],
])('refuses %s', (_, change, message) => {
  expect(parse(change)).toThrow(message);
});

it('refuses to write more than a parameter holds, with both numbers', () => {
  const release = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [
      `repository-${index}`,
      { branch: 'main', commit: 'd'.repeat(40) },
    ]),
  );
  expect(() => formatRecord({ ...whole, release }, 'parameter /p')).toThrow(
    /parameter \/p: the record has \d{4} bytes, a parameter holds at most 4096/,
  );
});

it('counts bytes, not characters', () => {
  const reason = '€'.repeat(1024);
  const many = Object.fromEntries(
    Array.from({ length: 8 }, (_, i) => [`r${i}`, { branch: 'b'.repeat(100), commit }]),
  );
  expect(() => formatRecord({ ...whole, reason, release: many }, 'p')).toThrow(/at most 4096/);
});

it('refuses to write what it would not read', () => {
  expect(() => formatRecord({ ...whole, by: '' }, 'p')).toThrow('by: found ""');
});
