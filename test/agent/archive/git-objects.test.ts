import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mode, TreeObject } from '../../../lib/agent/archive/git-objects.ts';
import { Repository } from '../../support/agent/repository.ts';

describe('a tree object', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-tree-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has the hash that git gives it, however its names sort', () => {
    const repository = new Repository(join(folder, 'names'));
    // Git sorts a folder as if its name ended with a slash: "lib-x" and "lib.x" come before "lib/".
    const names = ['lib/a', 'lib-x', 'lib.x', 'lib0', 'Lib', 'lib/deep/er', 'z', 'ü', '\u{1f600}', 'a b'];
    const commit = repository.commit({
      ...Object.fromEntries(names.map((name) => [name, name])),
      run: { script: '#!/bin/sh\n' },
      way: { link: 'lib/a' },
    });
    const tree = new TreeObject();
    const listed = repository.git('-c', 'core.quotePath=off', 'ls-tree', '-r', '-t', commit).split('\n');
    for (const line of listed) {
      const [, mode = '', kind = '', id = '', path = ''] = /^(\d+) (\S+) (\S+)\t(.*)$/.exec(line) ?? [];
      const entry = kind === 'tree' ? new TreeObject() : { mode: mode as Mode, id };
      expect(tree.add(Buffer.from(path).toString('latin1'), entry)).toBe(true);
    }
    expect(tree.id).toBe(repository.git('rev-parse', `${commit}^{tree}`));
  });

  it('has the hash of the empty tree when nothing is in it', () => {
    expect(new TreeObject().id).toBe('4b825dc642cb6eb9a060e54bf8d69288fbee4904');
  });

  it('takes nothing where something is, and nothing into what is no folder', () => {
    const tree = new TreeObject();
    const leaf = { mode: '100644' as const, id: 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391' };
    expect(tree.add('a', leaf)).toBe(true);
    expect(tree.add('a', leaf)).toBe(false);
    expect(tree.add('a', new TreeObject())).toBe(false);
    expect(tree.add('a/b', leaf)).toBe(false);
    expect(tree.add('b/c', leaf)).toBe(false);
  });

  it('knows whether folders without files are in it', () => {
    const tree = new TreeObject();
    tree.add('a', new TreeObject());
    tree.add('a/b', new TreeObject());
    expect(tree.hasEmptyFolders).toBe(true);
    tree.add('a/b/c', { mode: '100644', id: 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391' });
    expect(tree.hasEmptyFolders).toBe(false);
  });
});
