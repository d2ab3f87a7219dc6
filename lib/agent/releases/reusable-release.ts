import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { type Entry, sameEntry } from '../../release/release.ts';
import type { Session } from '../session/session.ts';
import { cleanStampOf } from './clean-stamp.ts';
import { isUntouched } from './clean-tree.ts';
import { type Kept, keptReleases } from './release-notes.ts';
import { releasesInUse } from './running.ts';
import { mostReleases } from './workspace.ts';

/** How long it counts that nothing was written into a release. Milliseconds. */
const validMilliseconds = 2_000;

/** An old release into which nobody had written. */
export interface Untouched {
  id: string;
  /** When that was so, on this process's clock. */
  at: number;
}

/**
 * The directory of an old release that may be brought forward: one of the same entry, which a rollback left, else the
 * oldest when there are as many as are kept. Never the current one, nor the one that an unfinished switch came from, nor
 * one that git did not write: it has no index.
 */
export function findReusable(session: Session, name: string, entry: Entry): Kept | undefined {
  const paths = session.layout.repository(name);
  const inUse = releasesInUse(session.layout, name);
  const kept = keptReleases(paths);
  const free = kept.filter(({ id }) => !inUse.includes(id));
  const same = free.find(({ note }) => sameEntry(note.entry, entry));
  const old = same ?? (kept.length >= mostReleases ? free[0] : undefined);
  return old && existsSync(paths.index(old.id)) ? old : undefined;
}

/**
 * Looks through the release that will be brought forward, while its successor is fetched: so after the fetch has begun,
 * which takes longer. To start a program stops all else for milliseconds.
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

/** Whether a look at this release still counts. */
export function isStillUntouched(look: Untouched | undefined, { id }: Kept): boolean {
  return look?.id === id && performance.now() - look.at < validMilliseconds;
}
