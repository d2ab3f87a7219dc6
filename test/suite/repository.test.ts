import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Content, Repository } from '../support/agent/repository.ts';

const releases: Record<string, Content>[] = [
  { a: '1\n', 'lib/b': '2', 'lib/inner/c': '', run: { script: '#!/bin/sh\n' }, way: { link: 'lib/b' } },
  { 'lib.txt': 'sorts before a folder of its name', 'lib-x': 'ä', a: '3' },
  { lib: 'a file where a folder was', run: undefined },
  {},
];

describe('a repository of the tests', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-repository-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('holds the commits that git itself makes', () => {
    const [written, byGit] = [new Repository(join(folder, 'a')), new Repository(join(folder, 'b'))];
    for (const files of releases) {
      byGit.git('status');
      expect(written.commit(files)).toBe(byGit.commit(files));
    }
    expect(execFileSync('git', ['fsck', '--strict'], { cwd: written.path, stdio: 'pipe' }).toString()).toBe(
      '',
    );
  });

  it('has its files as soon as git is to change something', () => {
    const repository = new Repository(join(folder, 'a'));
    const [first] = releases.map((files) => repository.commit(files));
    repository.git('checkout', '--quiet', '-b', 'next');
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(readFileSync(join(repository.path, 'lib'), 'utf8')).toBe('a file where a folder was');
    const next = repository.commit({ a: '4' });
    expect(repository.git('rev-list', 'next').split('\n')).toEqual([
      next,
      ...repository.git('rev-list', 'main').split('\n'),
    ]);
    expect(repository.git('rev-list', 'main')).toContain(first);
  });
});
