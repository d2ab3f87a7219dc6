import { type GitHost, type HostOptions, startGitHost } from '../../support/agent/git-host.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { Stage, site } from '../../support/agent/stage.ts';
import { treeAt } from '../../support/agent/tree.ts';

/** Refs that git takes for branch main, or lists when it is asked for it. */
const decoys = [
  'refs/backup/refs/heads/main',
  'refs/refs/heads/main',
  'refs/tags/refs/heads/main',
  'refs/heads/refs/heads/main',
  'refs/remotes/refs/heads/main',
];

const hosts: [string, HostOptions][] = [
  ['over smart HTTP', {}],
  ['over the old protocol', { modern: false }],
  ['as files', { dumb: true }],
];

describe.each(hosts)('a host with refs that end like the branch, %s', (_, options) => {
  let stage: Stage;
  let repository: Repository;
  let host: GitHost;
  let old: string;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    host = await startGitHost(repository, options);
    stage.configure({ repositories: { site: { url: host.url, branch: 'main' } } });
    old = repository.commit({ menu: 'old' });
    for (const name of decoys) repository.git('update-ref', name, old);
    repository.git('update-server-info');
  });
  afterEach(async () => {
    await host.close();
    await stage.stop();
  });

  it('gives the tip of the branch', async () => {
    const tip = repository.commit({ menu: 'new' });
    repository.git('update-server-info');
    const { stderr, summary } = await stage.deploy();
    expect(stderr).toBe('');
    expect(summary.release).toEqual(site(tip));
    expect(treeAt(stage.current())).toEqual({ menu: '644 new' });
    expect(stage.recorded().release).toEqual(site(tip));
  });

  it('has no branch when only the others are left', async () => {
    repository.git('checkout', '--quiet', '-b', 'next');
    repository.git('branch', '--quiet', '-D', 'main');
    repository.git('update-server-info');
    const manual = await stage.deploy();
    expect({ code: manual.code, stderr: manual.stderr }).toEqual({
      code: 4,
      stderr: expect.stringContaining('found no branch main'),
    });
    stage.configure({ parameters: { release: '/green', deployed: '/none' } });
    stage.record(site(old), { verified: false }, '/green');
    const launched = await stage.auto();
    expect({ code: launched.code, stderr: launched.stderr }).toEqual({
      code: 4,
      stderr: expect.stringContaining('found no branch main'),
    });
    expect(stage.releases()).toEqual([]);
  });
});
