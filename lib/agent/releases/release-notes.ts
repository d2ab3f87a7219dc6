import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import * as z from 'zod';
import { commitInfoSchema } from '../../release/commit-info.ts';
import { entrySchema } from '../../release/release.ts';
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

/** Reads a file of the agent; one that is missing or damaged says nothing. */
export function readState<T extends z.ZodType>(file: string, schema: T): z.output<T> | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Writes a file of the agent whole or not at all. */
export function writeState(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeWhole(file, JSON.stringify(value));
}

/** The old text stays when there is no room for the new one. */
export function writeWhole(file: string, text: string): void {
  try {
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    rmSync(`${file}.new`, { force: true });
    throw error;
  }
}

export function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
