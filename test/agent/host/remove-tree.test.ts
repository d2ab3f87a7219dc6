import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeTree } from '../../../lib/agent/host/remove-tree.ts';

describe('a folder that is removed', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'holdfast-remove-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is gone: with read-only folders, odd names and links, which are not followed', () => {
    const [tree, outside] = [join(root, '-rf'), join(root, 'outside')];
    for (const folder of [join(tree, 'a/b'), outside]) mkdirSync(folder, { recursive: true });
    writeFileSync(join(tree, 'a/b/c'), '');
    writeFileSync(join(outside, 'kept'), '');
    symlinkSync(outside, join(tree, 'link'));
    chmodSync(join(tree, 'a/b'), 0o500);
    chmodSync(join(tree, 'a'), 0o500);
    expect(removeTree(tree)).toBeUndefined();
    expect(existsSync(tree)).toBe(false);
    expect(readdirSync(outside)).toEqual(['kept']);
  });

  it('may be empty, missing, or a link that leads nowhere', () => {
    mkdirSync(join(root, 'empty'));
    symlinkSync('nowhere', join(root, 'link'));
    expect(['empty', 'missing', 'link'].map((name) => removeTree(join(root, name)))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(readdirSync(root)).toEqual([]);
  });

  it('is left when something is mounted in it, which is named', () => {
    expect(removeTree('/proc')).toBe('/proc is mounted; unmount it');
  });
});
