import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { checkConfig } from '../../../lib/config/schema.ts';
import { parseSettings } from '../../../lib/config/settings.ts';
import { messageOf, nameOf } from '../../../lib/release/errors.ts';
import { branchProblem } from '../../../lib/release/identifiers.ts';
import { parseRecord } from '../../../lib/release/record.ts';
import { parseInput } from '../../../lib/rollout/input.ts';
import { branches, commits, keys, names, urls } from '../../support/agent/hostile.ts';
import { settingsOf, url } from '../../support/fleet/service.ts';
import { isFull } from '../../support/suite/seed.ts';

const commit = 'a'.repeat(40);
const sha256 = 'b'.repeat(64);

/** By entrance: takes the value in, or throws. */
type Entrance = [where: string, enter: (value: string) => unknown];
const record = (release: unknown) =>
  parseRecord(
    JSON.stringify({ schema: 1, release, deployment: 'd', by: 'b', at: '2026-11-22T10:00:00Z' }),
    'record',
  );
const settings = (repositories: unknown) =>
  parseSettings(JSON.stringify({ ...settingsOf(), repositories }), 'settings');
const config = (repositories: unknown) => {
  const service = { tier: 'web', port: 80, route: { priority: 1, paths: ['/*'] }, repositories };
  return checkConfig(
    { environments: { prod: { account: '111122223333', region: 'eu-west-1', services: { web: service } } } },
    'config',
  );
};
/** As JSON has it: `__proto__` is a key like any other. */
const under = (key: string, value: unknown) =>
  JSON.parse(`{${JSON.stringify(key)}: ${JSON.stringify(value)}}`);
const git = (more: object) => ({ url, branch: 'main', ...more });

const entrances: [what: string, hostile: string[], ways: Entrance[]][] = [
  [
    'branch',
    branches,
    [
      ['input', (branch) => parseInput({ service: 'web', branch })],
      ['input by repository', (branch) => parseInput({ service: 'web', branch: { site: branch } })],
      ['record', (branch) => record({ site: { branch, commit } })],
      ['settings', (branch) => settings({ site: git({ branch }) })],
      ['configuration', (branch) => config({ site: git({ branch }) })],
    ],
  ],
  [
    'commit',
    commits,
    [
      ['input', (value) => parseInput({ service: 'web', commit: value })],
      ['record', (value) => record({ site: { branch: 'main', commit: value } })],
    ],
  ],
  [
    'key',
    keys,
    [
      ['input', (overlay) => parseInput({ service: 'web', overlay })],
      [
        'record',
        (key) => record({ site: { branch: 'main', commit, overlay: { key, version: 'v', sha256 } } }),
      ],
      ['artifact of the record', (key) => record({ site: { artifact: { key, version: 'v', sha256 } } })],
    ],
  ],
  [
    'repository',
    names,
    [
      ['input', (name) => parseInput({ service: 'web', branch: under(name, 'main') })],
      ['record', (name) => record(under(name, { branch: 'main', commit }))],
      ['settings', (name) => settings(under(name, git({})))],
      ['configuration', (name) => config(under(name, git({})))],
      ['service of the input', (service) => parseInput({ service })],
    ],
  ],
  [
    'url',
    urls,
    [
      ['settings', (value) => settings({ site: git({ url: value }) })],
      ['configuration', (value) => config({ site: git({ url: value }) })],
    ],
  ],
];
const table = entrances.flatMap(([what, hostile, ways]) =>
  ways.map(([where, enter]) => ({ what, where, enter, hostile })),
);

it.each(table)('refuses each hostile $what of the $where by name', ({ enter, hostile }) => {
  for (const value of hostile) {
    let error: unknown;
    try {
      enter(value);
    } catch (thrown) {
      error = thrown;
    }
    expect({ value, name: nameOf(error, 'BootstrapFailed') }).toEqual({
      value,
      name: expect.stringMatching(/^Invalid(Input|Record)$/),
    });
    expect([...messageOf(error)].filter((each) => each < ' ')).toEqual([]);
    expect(messageOf(error)).not.toContain('Invalid key');
  }
});

it('takes a branch exactly when git does', () => {
  const part = fc.constantFrom(
    'a',
    '-',
    '.',
    '..',
    '/',
    '@',
    '{',
    '@{',
    '~',
    '^',
    ':',
    '?',
    '*',
    '[',
    '\\',
    ' ',
    '\t',
    '\n',
    '\x7f',
    '.lock',
    'é',
    '\u202e',
    '😀',
    'HEAD',
    'refs/heads/',
  );
  const name = fc.oneof(
    fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
  );
  const verdicts = new Set<boolean>();
  fc.assert(
    fc.property(fc.array(name, { minLength: 150, maxLength: 150 }), (all) => {
      const words = all.filter(
        (each) => !each.startsWith('-') && each.isWellFormed() && !each.includes('\0'),
      );
      const taken = words.map((each) => branchProblem(each) === undefined);
      for (const each of taken) verdicts.add(each);
      const judged = gitTakes(words);
      expect(words.filter((each, n) => taken[n] !== (judged[n] && each !== '@'))).toEqual([]);
    }),
    { numRuns: isFull ? 3 : 1 },
  );
  expect(verdicts.size).toBe(2);
});

/** What git says to each name as a branch. */
function gitTakes(names: readonly string[]): boolean[] {
  const judge = 'git check-ref-format "refs/heads/$1" && echo yes || echo no';
  const args = ['--null', '--max-args=1', 'sh', '-c', judge, 'sh'];
  const answer = execFileSync('xargs', args, { input: names.map((each) => `${each}\0`).join('') });
  return answer
    .toString()
    .trim()
    .split('\n')
    .map((each) => each === 'yes');
}
