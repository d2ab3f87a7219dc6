import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArchiveCheck } from '../../../lib/agent/archive/archive-check.ts';
import { receive } from '../../../lib/agent/archive/receive.ts';
import { TreeWriter } from '../../../lib/agent/archive/tree-writer.ts';
import { archiveOf } from '../fixtures/archive.ts';
import { objectOf } from '../fixtures/object.ts';
import { Repository } from '../fixtures/repository.ts';

describe('an index of files that came from an archive', () => {
  let folder: string;
  let repository: Repository;
  let tree: string;
  let index: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-index-'));
    repository = new Repository(join(folder, 'repository'));
    const commit = repository.commit({
      'a.txt': 'one\n',
      empty: '',
      'lib/run': { script: '#!/bin/sh\n' },
      'lib.x': 'sorts before lib/run\n',
      way: { link: 'a.txt' },
      [`${'n'.repeat(200)}/${'m'.repeat(200)}`]: 'long\n',
      ünï: 'bytes\n',
    });
    const archive = await archiveOf(repository, commit);
    const writer = new TreeWriter(join(folder, 'written'));
    execFileSync('mkdir', [join(folder, 'written')]);
    await receive(objectOf(archive), new ArchiveCheck(commit, writer));
    tree = join(folder, 'tree');
    index = join(folder, 'deep/index');
    renameSync(join(folder, 'written'), tree);
    writer.index.write(index);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const git = (...args: string[]) => {
    const paths = { GIT_DIR: join(repository.path, '.git'), GIT_WORK_TREE: tree, GIT_INDEX_FILE: index };
    return execFileSync('git', args, { cwd: tree, env: { ...process.env, ...paths } }).toString();
  };

  it('names what the commit names', () => {
    expect(git('ls-files', '--stage')).toBe(`${repository.git('ls-files', '--stage')}\n`);
    expect(git('write-tree').trim()).toBe(repository.git('rev-parse', 'HEAD^{tree}'));
  });

  it('tells git that nothing changed, without git looking at what is in the files', () => {
    // Times of files that are younger than the index are not trusted.
    const later = new Date(Date.now() + 5_000);
    utimesSync(index, later, later);
    expect(git('diff-files')).toBe('');
    writeFileSync(join(tree, 'a.txt'), 'changed\n');
    expect(git('diff-files')).toContain('a.txt');
  });

  it('ends with its own hash', () => {
    const bytes = readFileSync(index);
    const hash = createHash('sha1').update(bytes.subarray(0, -20)).digest();
    expect(bytes.subarray(-20)).toEqual(hash);
  });
});
