import { type GitHost, type HostOptions, startGitHost } from '../../support/agent/git-host.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { Stage, site } from '../../support/agent/stage.ts';
import { treeAt } from '../../support/agent/tree.ts';
import { daily } from '../../support/suite/sample.ts';

const it = daily(1 / 3);

describe('a git host', () => {
  let stage: Stage;
  let repository: Repository;
  let host: GitHost | undefined;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
  });
  afterEach(async () => {
    await host?.close();
    host = undefined;
    await stage.stop();
  });

  async function serve(options: HostOptions = {}): Promise<GitHost> {
    host = await startGitHost(repository, options);
    stage.configure({ repositories: { site: { url: host.url, branch: 'main' } } });
    return host;
  }

  /** Applies a commit whose place on its branch nobody has checked yet. */
  async function launch(commit: string) {
    stage.record(site(commit), { verified: false }, '/green');
    stage.configure({ parameters: { release: '/green', deployed: '/none' } });
    return await stage.auto();
  }

  /** A branch with history; the middle of it, and a commit that is on another branch. */
  function history(length = 5): { middle: string; elsewhere: string } {
    const commits = Array.from({ length }, (_, n) => repository.commit({ a: `${n}`, [`f${n}`]: 'x' }));
    repository.git('checkout', '--quiet', '-b', 'other');
    const elsewhere = repository.commit({ a: 'elsewhere' });
    repository.git('checkout', '--quiet', 'main');
    return { middle: commits[1] ?? '', elsewhere };
  }

  const kinds: [string, HostOptions, string[]][] = [
    ['that allows all', {}, []],
    ['without filters', {}, ['uploadpack.allowFilter', 'false']],
    ['that gives no commit by its hash', { modern: false }, ['uploadpack.allowAnySHA1InWant', 'false']],
    ['of the simplest kind: files over HTTP', { dumb: true }, []],
  ];

  describe.each(kinds)('%s', (_, options, config) => {
    beforeEach(async () => {
      if (config.length > 0) repository.git('config', ...config);
      await serve(options);
    });

    it('gives a commit of the branch', async () => {
      const { middle } = history();
      repository.git('update-server-info');
      const { code, stderr } = await launch(middle);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(treeAt(stage.current())).toEqual({ a: '644 1', f0: '644 x', f1: '644 x' });
      stage.record(site(repository.git('rev-parse', 'main')), {}, '/green');
      expect((await stage.auto()).stderr).toBe('');
      expect(treeAt(stage.current())).toMatchObject({ a: '644 4' });
      const tip = repository.commit({ a: 'tip' });
      repository.git('update-server-info');
      expect((await stage.deploy()).summary.release).toEqual(site(tip));
    });

    it('fails with 4 on a commit of another branch', async () => {
      const { elsewhere } = history();
      repository.git('update-server-info');
      const { code, stderr } = await launch(elsewhere);
      expect(code).toBe(4);
      expect(stderr).toContain(`commit ${elsewhere} is not on branch main`);
    });
  });

  it('proves a commit that is deep in the history of its branch', async () => {
    await serve();
    const { middle } = history(70);
    expect((await launch(middle)).stderr).toBe('');
    expect(treeAt(stage.current())).toMatchObject({ a: '644 1' });
  });

  it('that is a shallow clone itself gives what it has', async () => {
    const { middle } = history();
    const tip = repository.git('rev-parse', 'main');
    const shallow = stage.repository('shallow');
    shallow.git('fetch', '--quiet', '--depth=2', repository.url, 'main:refs/heads/copy');
    stage.configure({ repositories: { site: { url: shallow.url, branch: 'copy' } } });
    stage.record(site(tip, {}, 'copy'));
    expect((await stage.auto()).stderr).toBe('');
    stage.record(site(middle, {}, 'copy'));
    expect((await stage.auto()).code).toBe(4);
    expect((await stage.deploy()).summary.release).toEqual(site(tip, {}, 'copy'));
  });

  it('that stumbles is asked again', async () => {
    let refusals = 1;
    await serve({
      first(_, response) {
        if (refusals === 0) return false;
        refusals -= 1;
        response.writeHead(503).end();
        return true;
      },
    });
    const { middle } = history();
    stage.record(site(middle));
    expect((await stage.auto()).stderr).toBe('');
  });

  it('gets no question about a commit that is here', async () => {
    const { asked } = await serve();
    const { middle } = history();
    const tip = repository.git('rev-parse', 'main');
    for (const commit of [middle, tip]) {
      stage.record(site(commit));
      await stage.auto();
    }
    const before = asked.length;
    stage.record(site(middle));
    expect((await stage.auto()).summary.result).toBe('deployed');
    expect(asked.length).toBe(before);
  });

  it('that sends elsewhere to another protocol is not followed', async () => {
    await serve({
      first(request, response) {
        response.writeHead(301, { location: `ftp://127.0.0.1${request.url}` }).end();
        return true;
      },
    });
    const { middle } = history();
    stage.record(site(middle));
    const { code, summary } = await stage.auto();
    expect({ code, name: summary.error?.name }).toEqual({ code: 1, name: 'GitFailed' });
  });
});
