import { existsSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import * as z from 'zod';
import { commitInfoSchema } from '../../release/commit-info.ts';
import { entrySchema } from '../../release/release.ts';
import { namesIn, readState, writeState } from '../host/state-file.ts';
import type { RepositoryPaths } from '../session/layout.ts';

const noteSchema = z.strictObject({
  entry: entrySchema,
  /** The build command that ran in it. */
  build: z.string().optional(),
  /** The commit holds submodules: their folders are not git's to clean, so the tree is not used again. */
  submodules: z.boolean(),
  /** Files of Git LFS are pointers in it. */
  lfs: z.boolean().optional(),
  /** Who, when and what of the commit. */
  info: commitInfoSchema.optional(),
});
/** What the agent knows about one release directory. */
export type Note = z.infer<typeof noteSchema>;

/** A whole release on this machine. */
export interface Kept {
  /** `<number>-<short hash>`: numbers grow, whatever the clock says. */
  id: string;
  note: Note;
}

/** Name of the next release directory. */
export function nextId(paths: RepositoryPaths, hash: string): string {
  const numbers = [...namesIn(paths.releases), ...namesIn(paths.notes)].map(numberOf);
  return `${Math.max(0, ...numbers) + 1}-${hash.slice(0, 12)}`;
}

const numberOf = (id: string) => Number(/^(\d+)-/.exec(id)?.[1] ?? 0);

/** The whole releases of a repository, oldest first. */
export function keptReleases(paths: RepositoryPaths): Kept[] {
  return namesIn(paths.releases)
    .toSorted((a, b) => numberOf(a) - numberOf(b))
    .map((id) => readKept(paths, id))
    .filter((kept) => kept !== undefined);
}

/** Name of the release directory that `current` names; undefined when there is none. */
export function currentId(paths: RepositoryPaths): string | undefined {
  try {
    const id = basename(readlinkSync(paths.current));
    return existsSync(paths.release(id)) ? id : undefined;
  } catch {
    return undefined;
  }
}

/** The current release, when the agent knows what it is. */
export function currentRelease(paths: RepositoryPaths): Kept | undefined {
  const id = currentId(paths);
  return id === undefined ? undefined : readKept(paths, id);
}

function readKept(paths: RepositoryPaths, id: string): Kept | undefined {
  const note = readState(paths.note(id), noteSchema);
  return note && existsSync(paths.release(id)) ? { id, note } : undefined;
}

export function writeNote(paths: RepositoryPaths, id: string, note: Note): void {
  writeState(paths.note(id), note);
}
