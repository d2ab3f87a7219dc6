import { renameSync, rmSync } from 'node:fs';
import type { Tree } from '../tree.ts';
import { writeIndex } from './index-file.ts';
import type { ArchivedTree } from './take.ts';

/** Makes an unpacked archive the tree of a release, with the index that git would have written. */
export function adopt({ folder, written }: ArchivedTree, tree: Tree): void {
  rmSync(tree.path, { recursive: true, force: true });
  renameSync(folder, tree.path);
  writeIndex(tree.index, written);
}
