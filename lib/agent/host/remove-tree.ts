import { spawnSync } from 'node:child_process';
import { lstatSync, rmdirSync } from 'node:fs';
import { mountsAt } from './mounts.ts';
import { firstLine } from './run.ts';

/**
 * Removes a folder that others may have written to. Returns why it is still there, or undefined. GNU rm goes by
 * descriptors, so nobody can lead it elsewhere by swapping a folder for a link, and stays on one file system. What is
 * mounted below is never gone into.
 */
export function removeTree(path: string): string | undefined {
  if (!lstatSync(path, { throwIfNoEntry: false }) || isRemovedEmpty(path)) return undefined;
  const [mount] = mountsAt(path);
  if (mount !== undefined) return `${mount} is mounted; unmount it`;
  const complaint = remove(path);
  // Read-only folders keep everybody but root from removing what is in them.
  if (complaint === undefined || process.getuid?.() === 0) return complaint;
  spawnSync('chmod', ['-R', 'u+rwX', '--', path]);
  return remove(path);
}

/** Spares a program. */
function isRemovedEmpty(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch {
    return false;
  }
}

function remove(path: string): string | undefined {
  const args = ['--recursive', '--force', '--one-file-system', '--', path];
  const ran = spawnSync('rm', args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (ran.status === 0) return undefined;
  return ran.error?.message ?? (firstLine(ran.stderr) || 'rm failed');
}
