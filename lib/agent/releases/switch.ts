import { lstatSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { HoldfastError } from '../../release/errors.ts';
import type { Layout, RepositoryPaths } from '../session/layout.ts';
import type { Ids } from './running.ts';
import { beginWork } from './workspace.ts';

const nextOf = (paths: RepositoryPaths) => join(paths.work, 'current');

/** Creates the links beside `current`, so that switching needs no disk space afterwards. */
export function stageLinks(layout: Layout, ids: Ids): void {
  for (const [name, id] of Object.entries(ids)) stageLink(layout.repository(name), id);
}

function stageLink(paths: RepositoryPaths, id: string | null): void {
  if (!isLinkOrNothing(paths.current))
    throw new HoldfastError(
      'BootstrapFailed',
      `could not switch ${paths.current}: found something else than a symlink; move it away`,
    );
  if (id === null) return;
  beginWork(paths);
  rmSync(nextOf(paths), { force: true });
  symlinkSync(join('releases', id), nextOf(paths));
}

/** Makes `current` point to what was staged, or removes it, in one atomic step. */
export function pointAt(paths: RepositoryPaths, id: string | null): void {
  if (id === null) rmSync(paths.current, { force: true });
  else renameSync(nextOf(paths), paths.current);
}

function isLinkOrNothing(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? true;
}
