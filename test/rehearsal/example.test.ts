import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildExampleSite, buildExampleStates, type ExampleRelease } from '../../lib/rehearsal/example.ts';
import { git } from '../../lib/rehearsal/git/git.ts';

describe('the sample site', () => {
  let folder: string;
  let releases: ExampleRelease[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
    releases = await buildExampleSite(folder);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  /** Status of the health check and the page of a release, built and started as its service would be. */
  async function visit(release: ExampleRelease): Promise<[number, string]> {
    await git(['checkout', '--quiet', '--detach', release.commit], folder);
    const build = spawn(process.execPath, ['build.mjs'], { cwd: folder });
    await once(build, 'exit');
    const server = spawn(process.execPath, ['server.mjs'], {
      cwd: folder,
      env: { HOST: '127.0.0.9', PORT: '18099' },
    });
    await once(server.stdout, 'data');
    try {
      const { status } = await fetch('http://127.0.0.9:18099/health');
      return [status, await (await fetch('http://127.0.0.9:18099/')).text()];
    } finally {
      server.kill();
      await once(server, 'exit');
    }
  }

  it('has three commits on main, one for each release', async () => {
    expect(releases.map(({ version }) => version)).toEqual(['v1', 'v2', 'v3']);
    const log = await git(['log', '--reverse', '--format=%H %s', 'main'], folder);
    expect(log.split('\n')).toEqual(releases.map(({ commit, version }) => `${commit} Release ${version}`));
  });

  it('is well in v1 and v2, each with its own page, and never healthy in v3', async () => {
    const seen: [number, boolean][] = [];
    for (const release of releases) {
      const [status, page] = await visit(release);
      seen.push([status, page.includes(`release ${release.version}`)]);
    }
    expect(seen).toEqual([
      [200, true],
      [200, true],
      [500, true],
    ]);
  });

  it('has a configuration repository beside it', async () => {
    const states = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
    await buildExampleStates(states);
    expect(readFileSync(join(states, 'top.sls'), 'utf8')).toContain("'web-*'");
    rmSync(states, { recursive: true });
  });
});
