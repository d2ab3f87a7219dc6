import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Release } from '../../../lib/release/release.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { deployed, Stage, site } from '../../support/agent/stage.ts';
import { overlayOf } from '../../support/agent/tarball.ts';
import { treeAt } from '../../support/agent/tree.ts';

describe('manual mode', () => {
  let stage: Stage;
  let repository: Repository;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
  });
  afterEach(() => stage.stop());

  describe('decides a commit', () => {
    let main: string;
    let next: string;

    beforeEach(() => {
      main = repository.commit({ a: 'main' });
      repository.git('checkout', '--quiet', '-b', 'next');
      next = repository.commit({ a: 'next' });
    });

    it('nothing given, nothing recorded: the tip of the default branch', async () => {
      const { code, summary } = await stage.deploy();
      expect({ code, release: summary.release }).toEqual({ code: 0, release: site(main) });
      expect(stage.recorded()).toMatchObject({ schema: 1, release: site(main), verified: true });
      expect(treeAt(stage.current())).toEqual({ a: '644 main' });
    });

    it('nothing given: the tip of the recorded branch', async () => {
      stage.record(site(main, {}, 'next'));
      expect((await stage.deploy()).summary.release).toEqual(site(next, {}, 'next'));
    });

    it('a branch given: its tip', async () => {
      expect((await stage.deploy('--branch', 'next')).summary.release).toEqual(site(next, {}, 'next'));
      expect(stage.recorded().release).toEqual(site(next, {}, 'next'));
    });

    it('another branch of the commit that runs: nothing is deployed, the branch is recorded', async () => {
      await stage.deploy();
      const { summary } = await stage.deploy('--branch', 'next', '--commit', main);
      expect(summary.result).toBe('unchanged');
      expect(stage.recorded().release).toEqual(site(main, {}, 'next'));
      expect((await stage.deploy()).summary.release).toEqual(site(next, {}, 'next'));
    });

    it('lets the services read their releases, and nobody else the own folder', async () => {
      await stage.deploy();
      const mode = (path: string) => (statSync(join(stage.root, path)).mode & 0o777).toString(8);
      expect(['.', 'site', 'site/releases', '.holdfast'].map(mode)).toEqual(['755', '755', '755', '700']);
    });

    it('a commit given: that one, which must be on the recorded branch', async () => {
      stage.record(site(next, {}, 'next'));
      expect((await stage.deploy('--commit', main)).summary.release).toEqual(site(main, {}, 'next'));
    });

    it('fails with 4 on a commit that is not on the branch', async () => {
      const { code, stderr } = await stage.deploy('--commit', next);
      expect(code).toBe(4);
      expect(stderr).toContain(`commit ${next} is not on branch main`);
      expect((await stage.deploy('--commit', next, '--branch', 'next')).code).toBe(0);
    });

    it('fails with 4 on a branch that does not exist', async () => {
      const { code, stderr } = await stage.deploy('--branch', 'none');
      expect(code).toBe(4);
      expect(stderr).toBe('repository site: found no branch none; push it, or name another\n');
    });
  });

  it.each([
    ['--branch', '--upload-pack=touch /tmp/evil'],
    ['--branch', 'a..b'],
    ['--branch', 'with space'],
    ['--branch', 'line\nend'],
    ['--commit', 'HEAD'],
    ['--commit', '-x'],
    ['--overlay', '../secret'],
  ])('refuses %s %j before git sees it', async (option, value) => {
    repository.commit({ a: '1' });
    const { code, summary } = await stage.deploy(`${option}=${value}`);
    expect({ code, name: summary.error?.name }).toEqual({ code: 2, name: 'InvalidInput' });
  });

  it('does not deploy again what is current and recorded', async () => {
    repository.commit({ a: '1' });
    await stage.deploy();
    const { code, summary } = await stage.deploy();
    expect({ code, result: summary.result }).toEqual({ code: 0, result: 'unchanged' });
    expect(stage.world.ssm.getParameter({ Name: deployed }).Parameter?.Version).toBe(1);
  });

  it('keeps what else is recorded: other repositories, colour and fleet', async () => {
    const other = { branch: 'main', commit: 'a'.repeat(40) };
    const commit = repository.commit({ a: '1' });
    stage.record(
      { ...site('b'.repeat(40)), other },
      { colour: 'green', fleet: 'f', reason: 'x', verified: false },
    );
    expect((await stage.deploy()).code).toBe(0);
    const { reason, ...recorded } = stage.recorded();
    expect(reason).toBeUndefined();
    expect(recorded).toMatchObject({
      release: { ...site(commit), other },
      colour: 'green',
      fleet: 'f',
      verified: true,
    });
  });

  describe('with what is recorded', () => {
    let states: Repository;
    let first: string;
    let kept: Release;

    beforeEach(() => {
      states = stage.repository('states');
      const git = { branch: 'main', overlay: 'optional' };
      stage.configure({
        repositories: {
          site: { ...git, url: repository.url },
          states: { ...git, url: states.url },
          tools: { artifact: true },
        },
      });
      first = repository.commit({ a: '1' });
      kept = {
        states: { branch: 'main', commit: states.commit({ s: '1' }) },
        tools: { artifact: stage.store('tools.tar', overlayOf({ tool: 'x' })) },
      };
      stage.record({ ...site(first), ...kept });
      states.commit({ s: '2' });
    });

    it.each<[string, string[]]>([
      ['branch', ['--branch', 'main']],
      ['commit', ['--commit', '']],
      ['overlay', ['--overlay', 'none']],
    ])('a %s given: the other repositories stay as recorded', async (_, [option = '', value]) => {
      const second = repository.commit({ a: '2' });
      const { code, summary } = await stage.deploy(option, value || second);
      expect({ code, release: summary.release }).toEqual({ code: 0, release: { ...site(second), ...kept } });
      expect(treeAt(stage.current('states'))).toEqual({ s: '644 1' });
      expect((await stage.deploy()).summary.release?.states).not.toEqual(kept.states);
    });

    it('its commit needs no branch, and keeps its overlay until another or none is said', async () => {
      const overlay = stage.store('builds/77.tar', overlayOf({ built: 'x' }));
      stage.record({ ...site(first, { overlay }, 'merged'), ...kept });
      const deploy = async (...more: string[]) => await stage.deploy('--commit', first, ...more);
      expect(await deploy()).toMatchObject({
        code: 0,
        summary: { release: { ...site(first, { overlay }, 'merged'), ...kept } },
      });
      expect(treeAt(stage.current())).toEqual({ a: '644 1', built: '644 x' });
      expect((await deploy('--branch', 'merged2')).code).toBe(4);
      expect((await deploy('--branch', 'main')).summary.release).toMatchObject(site(first, { overlay }));
      expect((await stage.deploy()).summary.release).toMatchObject(site(first, { overlay }));
      expect((await deploy('--overlay', 'none')).summary.release).toMatchObject(site(first));
      expect(treeAt(stage.current())).toEqual({ a: '644 1' });
    });
  });

  describe('records', () => {
    /** Deploys; the record changes between the two times it is read. */
    async function deployWhile(change: () => void) {
      let reads = 0;
      stage.world.faults.seen = ({ operation }) => {
        if (operation === 'GetParameter' && ++reads === 2) change();
      };
      return await stage.deploy();
    }

    it('nothing when the same release is recorded meanwhile', async () => {
      const commit = repository.commit({ a: '1' });
      const { code } = await deployWhile(() => stage.record(site(commit), { by: 'twin' }));
      expect(code).toBe(0);
      expect(stage.recorded().by).toBe('twin');
    });

    it('fails with 6 when another release is recorded meanwhile; the deployment stays', async () => {
      const first = repository.commit({ a: '1' });
      stage.record(site(first));
      const second = repository.commit({ a: '2' });
      const { code, stderr, summary } = await deployWhile(() =>
        stage.record(site('c'.repeat(40)), { by: 'carol', at: '2026-11-22T11:00:00Z' }),
      );
      expect(code).toBe(6);
      expect(stderr).toContain('carol changed it at 2026-11-22T11:00:00Z to site cccccccc');
      expect(summary).toMatchObject({ result: 'not-recorded', release: site(second) });
      expect(treeAt(stage.current())).toEqual({ a: '644 2' });
      expect(stage.recorded().by).toBe('carol');
    });

    it('fails with 6 when a first release is recorded meanwhile', async () => {
      repository.commit({ a: '1' });
      expect((await deployWhile(() => stage.record(site('c'.repeat(40))))).code).toBe(6);
    });

    it('its own release when the old one was only recorded again', async () => {
      stage.record(site(repository.commit({ a: '1' })));
      const second = repository.commit({ a: '2' });
      expect((await deployWhile(() => stage.record(stage.recorded().release, { by: 'other' }))).code).toBe(0);
      expect(stage.recorded().release).toEqual(site(second));
    });
  });

  describe('finds the overlay', () => {
    const body = overlayOf({ built: 'x' });
    const sha256 = createHash('sha256').update(body).digest('hex');
    let commit: string;

    beforeEach(() => {
      commit = repository.commit({ a: '1' });
    });

    const set = (overlay: string) =>
      stage.configure({ repositories: { site: { url: repository.url, branch: 'main', overlay } } });
    const key = (ending: string) => `overlays/web/site/${commit}${ending}`;

    it.each(['.tar.zst', '.tar.gz', '.tar'])('by convention, whatever its ending: %s', async (ending) => {
      set('required');
      const overlay = stage.store(key(ending), body);
      expect((await stage.deploy()).summary.release).toEqual(site(commit, { overlay }));
      expect(treeAt(stage.current())).toEqual({ a: '644 1', built: '644 x' });
      expect((await stage.deploy()).summary.result).toBe('unchanged');
    });

    it('beside the file with its digest, which is no overlay', async () => {
      set('required');
      const overlay = stage.store(key('.tar.zst'), body);
      stage.store(key('.tar.zst.sha256'), Buffer.from(sha256));
      expect((await stage.deploy()).summary.release).toEqual(site(commit, { overlay }));
    });

    it('with the digest that the object states', async () => {
      set('optional');
      const overlay = stage.store(key('.tar.zst'), body, { sha256 });
      const { summary } = await stage.deploy();
      expect(summary.release).toEqual(site(commit, { overlay }));
      expect(summary.phases.map(({ name }) => name)).toContain('download');
    });

    it('by the given key, and none when none is given', async () => {
      set('optional');
      stage.store(key('.tar.zst'), body);
      const overlay = stage.store('mine.tar.zst', overlayOf({ mine: 'x' }));
      expect((await stage.deploy('--overlay', 'mine.tar.zst')).summary.release).toEqual(
        site(commit, { overlay }),
      );
      expect(treeAt(stage.current())).toMatchObject({ mine: '644 x' });
      expect((await stage.deploy('--overlay', 'none')).summary.release).toEqual(site(commit));
      expect(treeAt(stage.current())).toEqual({ a: '644 1' });
    });

    it('not at all when the repository takes none', async () => {
      stage.store(key('.tar.zst'), body);
      expect((await stage.deploy()).summary.release).toEqual(site(commit));
    });

    it('optional and missing: goes on; required and missing: fails with 5', async () => {
      set('optional');
      expect((await stage.deploy()).code).toBe(0);
      set('required');
      expect((await stage.deploy()).code).toBe(5);
      expect((await stage.deploy('--overlay', 'none')).code).toBe(5);
    });

    it('fails with 5 when there are two, and names them', async () => {
      set('optional');
      stage.store(key('.tar.zst'), body);
      stage.store(key('.tar.gz'), body);
      const { code, stderr } = await stage.deploy();
      expect(code).toBe(5);
      expect(stderr).toContain(`${key('.tar.gz')}, ${key('.tar.zst')}`);
    });
  });
});
