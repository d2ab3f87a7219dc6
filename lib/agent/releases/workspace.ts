import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn } from '../host/state-file.ts';
import type { RepositoryPaths } from '../session/layout.ts';
import { keptReleases } from './release-notes.ts';

/** Releases kept, with the current one. */
export const mostReleases = 3;

/** Opens the folder for what is being written. While it is there, work is not over. */
export function beginWork(paths: RepositoryPaths): void {
  mkdirSync(paths.work, { recursive: true, mode: 0o700 });
}

/** Deletes the work folder with what is left in it. */
export function endWork(paths: RepositoryPaths): void {
  if (isRemoved(paths.work)) return;
  // Folders that came without permission to write, and an agent that is not root.
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

/** Removes what a run left that was killed or failed: half-written trees and the notes of releases that are not there. */
export function recover(paths: RepositoryPaths): void {
  if (!existsSync(paths.work)) return;
  for (const file of namesIn(paths.notes)) {
    const id = file.replace(/\.(json|index|seal)$/, '');
    if (id === file || !existsSync(paths.release(id))) rmSync(join(paths.notes, file), { force: true });
  }
  endWork(paths);
}

/** Makes room for one more release: of those that are not in use, the oldest go. */
export function makeRoom(paths: RepositoryPaths, inUse: readonly string[]): void {
  const known = keptReleases(paths).map(({ id }) => id);
  const unknown = namesIn(paths.releases).filter((name) => !known.includes(name));
  const free = [...unknown, ...known].filter((id) => !inUse.includes(id));
  const surplus = known.length + unknown.length - (mostReleases - 1);
  for (const id of free.slice(0, Math.max(0, surplus))) discard(paths, id);
}

/** Out of sight at once, deleted at leisure. */
function discard(paths: RepositoryPaths, id: string): void {
  beginWork(paths);
  renameSync(paths.release(id), join(paths.work, randomUUID()));
  for (const file of namesIn(paths.notes))
    if (file.startsWith(`${id}.`)) rmSync(join(paths.notes, file), { force: true });
}
