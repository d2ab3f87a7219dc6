import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CommitInfo } from '../../release/commit-info.ts';
import { isArtifact } from '../../release/release.ts';
import type { Git, GitPlace } from '../git/git.ts';
import { Mirror } from '../git/mirror.ts';
import { findUnfetchedContent, type UnfetchedContent } from '../git/unfetched-content.ts';
import { removeTree } from '../host/remove-tree.ts';
import { settleAll } from '../host/settle-all.ts';
import type { RepositoryPaths } from '../session/layout.ts';
import { explainCheckoutFailure } from './checkout-space.ts';
import { cleanStampOf } from './clean-stamp.ts';
import { cleanTree } from './clean-tree.ts';
import type { Kept } from './release-notes.ts';
import { type Tree, treeOf } from './working-tree.ts';

/** Facts about a tree once it is written. */
export interface Written extends UnfetchedContent {
  info: CommitInfo;
}

/**
 * Writes exactly one commit into a new tree. `old` is an unneeded release that may be brought forward; `isUntouched`:
 * it is known that nobody has written into it.
 */
export async function checkOut(
  git: Git,
  paths: RepositoryPaths,
  commit: string,
  tree: Tree,
  old: Kept | undefined,
  isUntouched = false,
): Promise<Written> {
  const written = old && (await reuseRelease(git, paths, commit, tree, old, isUntouched));
  if (written) return written;
  emptyTree(paths, tree);
  const [gaps, info] = await settleAll([
    writeAll(git, paths, commit, tree),
    new Mirror(paths.mirror, git).info(commit),
  ]);
  return { ...gaps, info };
}

async function writeAll(
  git: Git,
  paths: RepositoryPaths,
  commit: string,
  tree: Tree,
): Promise<UnfetchedContent> {
  const place: GitPlace = { dir: paths.mirror, tree };
  await git.run(place, readTree(commit)).catch(async (error: unknown) => {
    removeTree(tree.path);
    throw await explainCheckoutFailure(error, git, paths, commit);
  });
  return await findUnfetchedContent(git, place);
}

/** Writes only files that differ from the index by content or times, and replaces unknown files in their way. */
const readTree = (commit: string) => ['read-tree', '--reset', '-u', commit];

/** Writes only the difference between two commits, without looking at any other file. */
const moveTree = (from: string, to: string) => ['read-tree', '-m', '-u', from, to];

/** What cannot be removed makes way: the end of the work sets it aside. */
function emptyTree(paths: RepositoryPaths, tree: Tree): void {
  if (removeTree(tree.path) !== undefined) renameSync(tree.path, join(paths.work, randomUUID()));
  rmSync(tree.index, { force: true });
  mkdirSync(tree.path, { recursive: true });
  mkdirSync(join(tree.index, '..'), { recursive: true, mode: 0o700 });
}

/**
 * Brings the directory of an old release forward, so that unchanged files are not written again. `undefined` if it
 * cannot be cleaned for certain: then a new checkout is needed.
 */
async function reuseRelease(
  git: Git,
  paths: RepositoryPaths,
  commit: string,
  tree: Tree,
  { id, note }: Kept,
  isUntouched: boolean,
): Promise<Written | undefined> {
  const from = treeOf(paths, id);
  const mirror = new Mirror(paths.mirror, git);
  if (note.submodules || isArtifact(note.entry) || !mirror.has(note.entry.commit)) return undefined;
  if (!existsSync(from.index) || !existsSync(cleanStampOf(from))) return undefined;
  if (!isMoved(paths.release(id), tree.path)) return undefined;
  renameSync(from.index, tree.index);
  renameSync(cleanStampOf(from), cleanStampOf(tree));
  rmSync(paths.note(id), { force: true });
  const was = note.entry.commit;
  const [isDone, step] = await settleAll([
    bringForward(git, { dir: paths.mirror, tree }, commit, isUntouched ? was : undefined),
    mirror.step(was, commit),
  ]);
  if (!isDone || !step || step.changesAttributes) return undefined;
  return { submodules: step.addsSubmodules, lfs: note.lfs ?? false, info: step.info };
}

/** `untouched` is the commit that the tree is known to match; otherwise everything is compared with the index. */
async function bringForward(
  git: Git,
  place: GitPlace & { tree: Tree },
  commit: string,
  untouched: string | undefined,
): Promise<boolean> {
  if (untouched !== undefined && (await isWritten(git, place, moveTree(untouched, commit)))) return true;
  if (!(await cleanTree(git, place.dir, place.tree))) return false;
  return await isWritten(git, place, readTree(commit));
}

/** Git only warns of a file that it could not remove. */
async function isWritten(git: Git, place: GitPlace, command: readonly string[]): Promise<boolean> {
  const { code, stderr } = await git.try(place, command);
  return code === 0 && stderr === '';
}

/** A folder that is immutable, or another user's, cannot be moved. */
function isMoved(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}
