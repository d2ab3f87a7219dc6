import { existsSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import * as z from 'zod';
import { commitInfoSchema } from '../../release/commit-info.ts';
import { entrySchema } from '../../release/release.ts';
import { namesIn, readState, writeState } from '../host/state-file.ts';
import type { RepositoryPaths } from '../session/layout.ts';

const noteSchema = z.strictObject({
  entry: entrySchema,
  /** The build command that was run in it. */
  build: z.string().optional(),
  /** The commit holds submodules. Git cannot clean their folders, so the tree is not reused. */
  submodules: z.boolean(),
  /** Files of Git LFS are pointers in it. */
  lfs: z.boolean().optional(),
  /** Author, date and subject of the commit. */
  info: commitInfoSchema.optional(),
});
/** Metadata of one release directory. */
export type Note = z.infer<typeof noteSchema>;

/** A complete release on this machine. */
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

/** The complete releases of a repository, oldest first. */
export function keptReleases(paths: RepositoryPaths): Kept[] {
  return namesIn(paths.releases)
    .toSorted((a, b) => numberOf(a) - numberOf(b))
    .map((id) => readKept(paths, id))
    .filter((kept) => kept !== undefined);
}

/** Name of the release directory that `current` points to, or undefined. */
export function currentId(paths: RepositoryPaths): string | undefined {
  try {
    const id = basename(readlinkSync(paths.current));
    return existsSync(paths.release(id)) ? id : undefined;
  } catch {
    return undefined;
  }
}

/** The current release, if the agent has a note of it. */
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
