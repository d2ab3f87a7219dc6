import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../../../lib/rehearsal/git/git.ts';
import { type GitServer, startGitServer } from '../../../lib/rehearsal/git/server.ts';

const identity = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@b',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@b',
};

describe('the git server', () => {
  let folder: string;
  let origin: string;
  let server: GitServer;
  let url: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
    origin = join(folder, 'origin');
    await git(['init', '--quiet', '--initial-branch=main', origin]);
    for (const word of ['one', 'two']) {
      writeFileSync(join(origin, 'word'), word);
      await git(['add', '.'], origin);
      await git(['commit', '--quiet', '-m', word], origin, identity);
    }
    server = await startGitServer();
    url = await server.serve('origin', origin);
  });

  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('serves a clone of a working tree', async () => {
    await git(['clone', '--quiet', url, join(folder, 'clone')]);
    expect(readFileSync(join(folder, 'clone/word'), 'utf8')).toBe('two');
  });

  it('serves one commit by its hash, of a tip or not, shallow and without files', async () => {
    const first = await git(['rev-parse', 'HEAD~1'], origin);
    const mirror = join(folder, 'mirror.git');
    await git(['init', '--quiet', '--bare', mirror]);
    await git(['fetch', '--quiet', '--depth=1', url, first], mirror);
    expect(await git(['show', `${first}:word`], mirror)).toBe('one');
    await git(['fetch', '--quiet', '--depth=64', '--filter=tree:0', url, 'main'], mirror);
    expect(await git(['rev-list', 'FETCH_HEAD'], mirror)).toContain(first);
  });

  it('takes a compressed request, as git sends one that is long', async () => {
    const bare = join(folder, 'wants.git');
    await git(['init', '--quiet', '--bare', bare]);
    for (let index = 0; index < 60; index += 1) {
      await git(['branch', `branch-${index}`, 'HEAD'], origin);
    }
    await git(['fetch', '--quiet', url, '+refs/heads/*:refs/heads/*'], bare);
    expect((await git(['branch'], bare)).split('\n')).toHaveLength(61);
  });

  it('refuses a push', async () => {
    await expect(git(['push', '--quiet', url, 'main:other'], origin)).rejects.toThrow(
      /403|Forbidden|unable to access/,
    );
  });

  it('answers 404 for a repository that it does not serve', async () => {
    await expect(git(['ls-remote', url.replace('origin', 'other')])).rejects.toThrow(/not found/);
  });

  it('serves a bare repository', async () => {
    execFileSync('git', ['clone', '--quiet', '--bare', origin, join(folder, 'bare.git')]);
    const bare = await server.serve('bare', join(folder, 'bare.git'));
    expect(await git(['ls-remote', bare, 'HEAD'])).toContain(await git(['rev-parse', 'HEAD'], origin));
  });

  it('answers nobody while it is away', async () => {
    server.isAway = true;
    await expect(git(['ls-remote', url])).rejects.toThrow();
    server.isAway = false;
    await expect(git(['ls-remote', url])).resolves.toContain('refs/heads/main');
  });
});
