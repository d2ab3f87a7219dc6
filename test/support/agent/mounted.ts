import { spawnSync } from 'node:child_process';
import { skipNote } from '../suite/programs.ts';

/** Why nothing can be mounted here, as a skipped test says it in its name; undefined when it can. */
export const noMounts =
  spawnSync('unshare', ['--mount', 'true']).status === 0
    ? undefined
    : skipNote('root on Linux, for a mount namespace');

/** Runs a program where one folder is mounted on another: in a namespace that ends with it. */
export function mounted(folder: string, on: string): string[] {
  const script = 'mount --bind "$1" "$2" && shift 2 && exec "$@"';
  return ['unshare', '--mount', 'sh', '-c', script, 'sh', folder, on];
}
