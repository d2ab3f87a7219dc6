import { renameSync, rmSync } from 'node:fs';
import type { Tree } from '../releases/working-tree.ts';
import type { ArchivedTree } from './download.ts';

/** Makes an unpacked archive the working tree of a release. */
export function adopt({ folder }: ArchivedTree, tree: Tree): void {
  rmSync(tree.path, { recursive: true, force: true });
  renameSync(folder, tree.path);
}
