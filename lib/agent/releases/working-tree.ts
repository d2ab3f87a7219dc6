import { join } from 'node:path';
import type { RepositoryPaths } from '../session/layout.ts';

/** A tree that is being written: a folder in `work`, with its index beside the notes. */
export interface Tree {
  id: string;
  path: string;
  index: string;
}

export function treeOf(paths: RepositoryPaths, id: string): Tree {
  return { id, path: join(paths.work, id), index: paths.index(id) };
}
