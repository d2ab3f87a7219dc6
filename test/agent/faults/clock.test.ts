import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Gate, startGate, wrongClock } from '../../support/agent/clock.ts';
import { importCommits, treeHash } from '../../support/agent/import.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { Stage, site } from '../../support/agent/stage.ts';
import { overlayOf } from '../../support/agent/tarball.ts';
import { treeAt } from '../../support/agent/tree.ts';
import { daily } from '../../support/suite/sample.ts';

const it = daily(1 / 3);

const hour = 3600;
const year = 365 * 24 * hour;

describe('a clock that is wrong', () => {
  let stage: Stage;
  let repository: Repository;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
  });
  afterEach(() => stage.stop());

  describe('on the machine', () => {
    let gate: Gate;
    beforeEach(async () => {
      gate = await startGate(stage.endpoint);
    });
    afterEach(() => gate.close());

    it.each([
      ['an hour fast', hour],
      ['an hour slow', -hour],
      ['ten years fast', 10 * year],
      ['ten years slow', -10 * year],
    ])('by %s costs each service one refused request, and nothing else', async (_, seconds) => {
      stage.configure({ repositories: { tools: { artifact: true } } });
      stage.record({ tools: { artifact: stage.store('o', overlayOf({ built: 'x' })) } });
      const environment = { ...wrongClock(stage, seconds * 1000), AWS_ENDPOINT_URL: gate.url };
      const args = ['deploy', '--auto', '--settings', stage.settingsFile];
      const { code, stderr, events } = await stage.begin(args, environment).ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(treeAt(stage.current('tools'))).toEqual({ built: '644 x' });
      // The clock was wrong indeed.
      expect(Math.abs(Date.parse(`${events[0]?.at}`) - Date.now())).toBeGreaterThan(hour * 900);
      expect(gate.refused).toEqual(['ssm', 's3']);
      expect((await stage.auto()).summary.result).toBe('unchanged');
    });
  });

  it.each([
    ['in the year 2100', 4_102_444_800],
    ['in 1970', 0],
  ])('of who committed %s changes nothing: deployed, proven, brought forward', async (_, seconds) => {
    for (const [n, at] of [0, seconds, 1_700_000_000, seconds, 5].entries()) {
      const commit = importCommits(repository, [{ a: { data: `${n}` }, same: { data: 's' } }], at);
      stage.record(site(commit), { verified: false }, '/green');
      stage.configure({ parameters: { release: '/green', deployed: '/none' } });
      expect((await stage.auto()).stderr).toBe('');
      expect(treeHash(repository, join(stage.current(), '.'))).toBe(
        repository.git('rev-parse', `${commit}^{tree}`),
      );
    }
  });

  it.each([
    ['back', hour],
    ['forward', -10 * year],
  ])(
    'and was set %s since an old release was written: what the application wrote there goes',
    async (_, seconds) => {
      const files = { 'lib/a': 'a', 'lib/b': 'b' };
      for (const n of [1, 2, 3]) {
        stage.record(site(repository.commit({ ...files, n: `${n}` })));
        expect((await stage.auto()).stderr).toBe('');
      }
      const [oldest = ''] = stage.releases().toSorted();
      const seal = join(stage.root, '.holdfast/repositories/site/notes', `${oldest}.seal`);
      const moved = statSync(seal).mtimeMs / 1000 + seconds;
      utimesSync(seal, moved, moved);
      spoil(join(stage.root, 'site/releases', oldest));
      stage.record(site(repository.commit({ n: '4' })));
      expect((await stage.auto()).stderr).toBe('');
      expect(treeAt(stage.current())).toEqual({
        lib: '755 folder',
        'lib/a': '644 a',
        'lib/b': '644 b',
        n: '644 4',
      });
      expect(readdirSync(stage.current()).toSorted()).toEqual(['lib', 'n']);
    },
  );
});

/** Writes as an application may: in place with the old size and times, and beside. */
function spoil(folder: string): void {
  const file = join(folder, 'lib/a');
  const { atime, mtime } = statSync(file);
  writeFileSync(file, 'z');
  utimesSync(file, atime, mtime);
  mkdirSync(join(folder, 'cache'));
  writeFileSync(join(folder, 'cache/x'), 'x');
}
