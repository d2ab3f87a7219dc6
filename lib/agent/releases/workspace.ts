import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn } from '../host/state-file.ts';
import type { RepositoryPaths } from '../session/layout.ts';
import { keptReleases } from './release-notes.ts';

/** Number of kept releases, including the current one. */
export const mostReleases = 3;

/** Creates the work folder. Work is unfinished while it exists. */
export function beginWork(paths: RepositoryPaths): void {
  mkdirSync(paths.work, { recursive: true, mode: 0o700 });
}

/** Deletes the work folder with its content. */
export function endWork(paths: RepositoryPaths): void {
  if (isRemoved(paths.work)) return;
  // Needed for read-only folders when the agent is not root.
  spawnSync('chmod', ['-R', 'u+rwX', paths.work]);
  rmSync(paths.work, { recursive: true, force: true });
}

function isRemoved(path: string): boolean {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    return true;
  } catch {
    return false;
  }
}

/** Removes leftovers of a killed or failed run: half-written trees, and notes of missing releases. */
export function recover(paths: RepositoryPaths): void {
  if (!existsSync(paths.work)) return;
  for (const file of namesIn(paths.notes)) {
    const id = file.replace(/\.(json|index|seal)$/, '');
    if (id === file || !existsSync(paths.release(id))) rmSync(join(paths.notes, file), { force: true });
  }
  endWork(paths);
}

/** Makes room for one more release by removing the oldest unused ones. */
export function makeRoom(paths: RepositoryPaths, inUse: readonly string[]): void {
  const known = keptReleases(paths).map(({ id }) => id);
  const unknown = namesIn(paths.releases).filter((name) => !known.includes(name));
  const free = [...unknown, ...known].filter((id) => !inUse.includes(id));
  const surplus = known.length + unknown.length - (mostReleases - 1);
  for (const id of free.slice(0, Math.max(0, surplus))) discard(paths, id);
}

/** Hides it at once and deletes it later. */
function discard(paths: RepositoryPaths, id: string): void {
  beginWork(paths);
  renameSync(paths.release(id), join(paths.work, randomUUID()));
  for (const file of namesIn(paths.notes))
    if (file.startsWith(`${id}.`)) rmSync(join(paths.notes, file), { force: true });
}
