import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../../../lib/rehearsal/git/git.ts';
import { findSource, fullCommit, tipOf } from '../../../lib/rehearsal/git/source.ts';

const identity = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@b',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@b',
};

describe('a repository named on the command line', () => {
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
    await git(['init', '--quiet', '--initial-branch=trunk', folder]);
    await git(['commit', '--quiet', '--allow-empty', '-m', 'one'], folder, identity);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('has the branch of its HEAD', async () => {
    expect(await findSource(folder)).toEqual({ location: folder, isPath: true, branch: 'trunk' });
    expect(await findSource(`file://${folder}`)).toMatchObject({ isPath: false, branch: 'trunk' });
  });

  it('has the given branch', async () => {
    expect((await findSource(folder, 'main')).branch).toBe('main');
  });

  it('knows the tip of its branch, and that there is none', async () => {
    expect(await tipOf(await findSource(folder))).toBe(await git(['rev-parse', 'HEAD'], folder));
    await expect(tipOf(await findSource(folder, 'other'))).rejects.toThrow('found no branch other');
  });

  it('takes no other ref for its branch', async () => {
    await git(['update-ref', 'refs/backup/refs/heads/gone', 'HEAD'], folder);
    await expect(tipOf(await findSource(folder, 'gone'))).rejects.toThrow('found no branch gone');
  });

  it('gives full hashes for short ones and names', async () => {
    const source = await findSource(folder);
    const commit = await git(['rev-parse', 'HEAD'], folder);
    expect(await fullCommit(source, commit.slice(0, 8))).toBe(commit);
    expect(await fullCommit(source, 'HEAD')).toBe(commit);
    expect(await fullCommit({ ...source, isPath: false }, commit)).toBe(commit);
  });

  it('refuses what is neither a folder nor a url', async () => {
    await expect(findSource('/nowhere/at/all')).rejects.toThrow('found neither a folder nor a url');
  });

  it('refuses a hostile branch and hostile commits', async () => {
    const source = await findSource(folder);
    await expect(findSource(folder, '--upload-pack=x')).rejects.toThrow('does not start with "-"');
    await expect(fullCommit(source, '--all')).rejects.toThrow('expected 40 hex digits');
    await expect(fullCommit({ ...source, isPath: false }, 'abc123')).rejects.toThrow(
      'a short hash needs a repository',
    );
  });

  it('refuses a repository with a detached HEAD and no branch', async () => {
    await git(['checkout', '--quiet', '--detach'], folder);
    await expect(findSource(folder)).rejects.toThrow('give --branch');
  });
});
