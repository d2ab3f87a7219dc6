import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { HoldfastError, messageOf } from '../release/errors.ts';
import type { RepositoryPaths } from './layout.ts';
import { beginWork } from './tidy.ts';

/** Makes `current` name another release, or none, in one step: there is no moment at which it names half of one. */
export function pointAt(paths: RepositoryPaths, id: string | null): void {
  if (id === null) {
    rmSync(paths.current, { force: true });
    return;
  }
  const next = join(paths.work, 'current');
  beginWork(paths);
  rmSync(next, { force: true });
  symlinkSync(join('releases', id), next);
  try {
    renameSync(next, paths.current);
  } catch (cause) {
    throw new HoldfastError(
      'BootstrapFailed',
      `could not switch ${paths.current} (${messageOf(cause)}); expected a symlink or nothing there, move away what it is`,
      { cause },
    );
  }
}
