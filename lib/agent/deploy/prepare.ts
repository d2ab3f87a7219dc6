import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { type Entry, isArtifact, sameEntry } from '../../release/release.ts';
import { adopt } from '../archive/adopt.ts';
import type { ArchivedTree } from '../archive/download.ts';
import { warnOfUnfetchedContent } from '../git/unfetched-content.ts';
import { runLine } from '../host/command.ts';
import { checkOut } from '../releases/checkout.ts';
import { stampAsClean } from '../releases/clean-stamp.ts';
import { type Kept, type Note, nextId, writeNote } from '../releases/release-notes.ts';
import { findReusable, isStillUntouched, type Untouched } from '../releases/reusable-release.ts';
import { releasesInUse } from '../releases/running.ts';
import { type Tree, treeOf } from '../releases/working-tree.ts';
import { makeRoom } from '../releases/workspace.ts';
import type { RepositoryPaths } from '../session/layout.ts';
import type { Session } from '../session/session.ts';
import type { Download } from '../tarball/tarball.ts';
import { unpack } from '../tarball/unpack.ts';

/** Longest time for a build command. Seconds. */
const buildSeconds = 3600;

/** Everything that is needed to write one repository's release, fetched. */
export interface Fetched {
  name: string;
  entry: Entry;
  /** Overlay or artifact of the entry. */
  download?: Download;
  /** Tree of the commit, if it did not come through git. */
  archive?: ArchivedTree;
  /** A reusable release that nobody has written into. */
  untouched?: Untouched;
}

/** Whether a release directory matches an entry and the present build command. */
export function isAsWanted(
  session: Session,
  name: string,
  kept: Kept | undefined,
  entry: Entry,
): kept is Kept {
  return sameEntry(kept?.note.entry, entry) && kept?.note.build === buildOf(session, name);
}

/**
 * Makes a complete release from fetched parts and returns the id of its directory. Never touches the running release:
 * the tree is written in the work folder and renamed when it is complete.
 */
export async function prepare(session: Session, fetched: Fetched): Promise<string> {
  const { name, entry } = fetched;
  const paths = session.layout.repository(name);
  const tree = treeOf(paths, nextId(paths, nameOfEntry(entry)));
  const known = isArtifact(entry)
    ? writeArtifact(tree)
    : await writeCommit(session, fetched, entry.commit, tree);
  await addTarball(session, fetched, tree);
  await build(session, name, paths, tree);
  const command = buildOf(session, name);
  writeNote(paths, tree.id, {
    entry,
    ...known,
    ...(command === undefined ? {} : { build: command }),
  });
  mkdirSync(paths.releases, { recursive: true });
  makeRoom(paths, releasesInUse(session.layout, name), session.events);
  renameSync(tree.path, paths.release(tree.id));
  return tree.id;
}

/** Facts of a note that do not come from its entry. */
type Known = Pick<Note, 'submodules' | 'lfs' | 'info'>;

function writeArtifact(tree: Tree): Known {
  mkdirSync(tree.path, { recursive: true });
  return { submodules: false };
}

async function writeCommit(
  session: Session,
  { name, entry, archive, untouched }: Fetched,
  commit: string,
  tree: Tree,
): Promise<Known> {
  if (archive) {
    adopt(archive, tree);
    return { submodules: false, info: archive.info };
  }
  const paths = session.layout.repository(name);
  const old = findReusable(session, name, entry);
  const isUntouched = old !== undefined && isStillUntouched(untouched, old);
  const written = await session.events.phase('checkout', name, () =>
    checkOut(session.git, paths, commit, tree, old, isUntouched),
  );
  warnOfUnfetchedContent(written, name, session.events);
  await stampAsClean(tree);
  return written;
}

async function addTarball(session: Session, { name, download }: Fetched, tree: Tree): Promise<void> {
  if (!download) return;
  const what = `tarball of repository ${name}`;
  await session.events.phase('unpack', name, () => unpack(what, download, tree.path, session.lock));
  rmSync(download.file);
}

async function build(session: Session, name: string, paths: RepositoryPaths, tree: Tree): Promise<void> {
  const line = buildOf(session, name);
  if (line === undefined) return;
  const what = `build of repository ${name}`;
  const work = { what, line, cwd: tree.path, log: paths.buildLog, seconds: buildSeconds };
  await session.events.phase('build', name, () => runLine(work));
}

function buildOf({ settings }: Session, name: string): string | undefined {
  return settings.repositories[name]?.commands?.build;
}

/** The hash that a release directory is named after. */
function nameOfEntry(entry: Entry): string {
  return isArtifact(entry) ? entry.artifact.sha256 : entry.commit;
}
