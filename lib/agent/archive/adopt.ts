import { renameSync } from 'node:fs';
import { removeTree } from '../host/remove-tree.ts';
import type { Tree } from '../releases/working-tree.ts';
import type { ArchivedTree } from './download.ts';

/** Makes an unpacked archive the working tree of a release. */
export function adopt({ folder }: ArchivedTree, tree: Tree): void {
  removeTree(tree.path);
  renameSync(folder, tree.path);
}
