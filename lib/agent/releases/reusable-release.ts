import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { type Entry, sameEntry } from '../../release/release.ts';
import { mountsAt } from '../host/mounts.ts';
import type { Session } from '../session/session.ts';
import { cleanStampOf } from './clean-stamp.ts';
import { isUntouched } from './clean-tree.ts';
import { type Kept, keptReleases } from './release-notes.ts';
import { releasesInUse } from './running.ts';
import { mostReleases } from './workspace.ts';

/** How long the finding "untouched" is valid. Milliseconds. */
const validMilliseconds = 2_000;

/** An old release that nobody had written into. */
export interface Untouched {
  id: string;
  /** Time of that finding, on this process's clock. */
  at: number;
}

/**
 * The directory of an old release that may be brought forward: one with the same entry, left by a rollback, otherwise
 * the oldest when the limit is reached. Never the current one, the origin of an unfinished switch, or one without an
 * index (git did not write it), or one into which something is mounted.
 */
export function findReusable(session: Session, name: string, entry: Entry): Kept | undefined {
  const paths = session.layout.repository(name);
  const inUse = releasesInUse(session.layout, name);
  const kept = keptReleases(paths).filter(({ id }) => mountsAt(paths.release(id)).length === 0);
  const free = kept.filter(({ id }) => !inUse.includes(id));
  const same = free.find(({ note }) => sameEntry(note.entry, entry));
  const old = same ?? (kept.length >= mostReleases ? free[0] : undefined);
  return old && existsSync(paths.index(old.id)) ? old : undefined;
}

/**
 * Checks the reusable release for changes while its successor is fetched. It starts after the fetch, which takes
 * longer, because starting a program blocks everything else for milliseconds.
 */
export async function lookForChanges(
  session: Session,
  name: string,
  entry: Entry,
): Promise<Untouched | undefined> {
  await setImmediate();
  const old = findReusable(session, name, entry);
  const paths = session.layout.repository(name);
  if (!old || !existsSync(cleanStampOf({ index: paths.index(old.id) }))) return undefined;
  const at = performance.now();
  const tree = { id: old.id, path: paths.release(old.id), index: paths.index(old.id) };
  return (await isUntouched(session.git, paths.mirror, tree)) ? { id: old.id, at } : undefined;
}

/** Whether a finding about this release is still valid. */
export function isStillUntouched(look: Untouched | undefined, { id }: Kept): boolean {
  return look?.id === id && performance.now() - look.at < validMilliseconds;
}
