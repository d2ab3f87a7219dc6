import { renameSync, rmSync } from 'node:fs';
import type { Tree } from '../tree.ts';
import type { ArchivedTree } from './take.ts';

/** Makes an unpacked archive the tree of a release, with the index that git would have written. */
export function adopt({ folder, index }: ArchivedTree, tree: Tree): void {
  rmSync(tree.path, { recursive: true, force: true });
  renameSync(folder, tree.path);
  index.write(tree.index);
}
