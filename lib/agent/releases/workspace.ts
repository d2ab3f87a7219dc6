import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../release/errors.ts';
import type { Events } from '../host/events.ts';
import { mountsAt } from '../host/mounts.ts';
import { removeTree } from '../host/remove-tree.ts';
import { namesIn } from '../host/state-file.ts';
import type { RepositoryPaths } from '../session/layout.ts';
import { keptReleases } from './release-notes.ts';

/** Number of kept releases, including the current one. */
export const mostReleases = 3;

/** Creates the work folder. Work is unfinished while it exists. */
export function beginWork(paths: RepositoryPaths): void {
  mkdirSync(paths.work, { recursive: true, mode: 0o700 });
}

/** Deletes the work folder with its content. What cannot be deleted is set aside, so that it stops no deployment. */
export function endWork(paths: RepositoryPaths, events: Events): void {
  const complaint = removeTree(paths.work);
  if (complaint === undefined) return;
  mkdirSync(paths.aside, { recursive: true, mode: 0o700 });
  const place = join(paths.aside, randomUUID());
  renameSync(paths.work, place);
  warnOfLeftover(place, complaint.replaceAll(paths.work, place), events);
}

/** Tries again to remove what was set aside, now that the cause may be gone. */
export function removeAside(paths: RepositoryPaths, events: Events): void {
  if (!existsSync(paths.aside)) return;
  for (const name of namesIn(paths.aside)) {
    const complaint = removeTree(join(paths.aside, name));
    if (complaint !== undefined) warnOfLeftover(join(paths.aside, name), complaint, events);
  }
  if (namesIn(paths.aside).length === 0) rmdirSync(paths.aside);
}

/** Removes leftovers of a killed or failed run: half-written trees, and notes of missing releases. */
export function recover(paths: RepositoryPaths, events: Events): void {
  if (!existsSync(paths.work)) return;
  for (const file of namesIn(paths.notes)) {
    const id = file.replace(/\.(json|index|seal)$/, '');
    if (id === file || !existsSync(paths.release(id))) rmSync(join(paths.notes, file), { force: true });
  }
  endWork(paths, events);
}

/**
 * Makes room for one more release by removing the oldest unused ones. One into which something is mounted stays, and
 * counts no more.
 */
export function makeRoom(paths: RepositoryPaths, inUse: readonly string[], events: Events): void {
  const known = keptReleases(paths).map(({ id }) => id);
  const unknown = namesIn(paths.releases).filter((name) => !known.includes(name));
  const all = [...unknown, ...known];
  const free = all.filter((id) => !inUse.includes(id));
  const fixed = free.filter((id) => isMountedInto(paths, id, events));
  const surplus = all.length - fixed.length - (mostReleases - 1);
  const removable = free.filter((id) => !fixed.includes(id));
  for (const id of removable.slice(0, Math.max(0, surplus))) discard(paths, id, events);
}

function isMountedInto(paths: RepositoryPaths, id: string, events: Events): boolean {
  const [mount] = mountsAt(paths.release(id));
  if (mount === undefined) return false;
  warnOfLeftover(paths.release(id), `${mount} is mounted; unmount it`, events);
  return true;
}

/** Hides it at once and deletes it later. */
function discard(paths: RepositoryPaths, id: string, events: Events): void {
  beginWork(paths);
  try {
    renameSync(paths.release(id), join(paths.work, randomUUID()));
  } catch (error) {
    warnOfLeftover(paths.release(id), messageOf(error), events);
    return;
  }
  for (const file of namesIn(paths.notes))
    if (file.startsWith(`${id}.`)) rmSync(join(paths.notes, file), { force: true });
}

function warnOfLeftover(path: string, complaint: string, events: Events): void {
  events.warn(`old release ${path} stays on the disk: ${complaint}`);
}
