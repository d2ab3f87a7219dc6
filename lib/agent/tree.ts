import { existsSync, mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { all } from './all.ts';
import type { Events } from './events.ts';
import { reasonOf } from './fit.ts';
import type { Git, Place } from './git.ts';
import type { RepositoryPaths } from './layout.ts';
import type { Kept } from './notes.ts';
import { run } from './run.ts';

/** A tree being written: a folder in `work`, its index beside the notes. */
export interface Tree {
  id: string;
  path: string;
  index: string;
}

export function treeOf(paths: RepositoryPaths, id: string): Tree {
  return { id, path: join(paths.work, id), index: paths.index(id) };
}

/** Puts exactly one commit into a new tree. `old` is a release that is not needed any more: it is brought forward. */
export async function checkOut(
  git: Git,
  paths: RepositoryPaths,
  commit: string,
  tree: Tree,
  old: Kept | undefined,
): Promise<void> {
  const place: Place = { dir: paths.mirror, tree };
  if (!(old && (await takeOver(git, paths, commit, place, tree, old)))) {
    start(tree);
    await git.run(place, readTree(commit)).catch(async (error: unknown) => {
      rmSync(tree.path, { recursive: true, force: true });
      throw await reasonOf(error, git, paths, commit);
    });
  }
}

/** Writes only what differs from the index by content or by a file's times; unknown files in the way are replaced. */
const readTree = (commit: string) => ['read-tree', '--reset', '-u', commit];

function start(tree: Tree): void {
  rmSync(tree.path, { recursive: true, force: true });
  rmSync(tree.index, { force: true });
  mkdirSync(tree.path, { recursive: true });
  mkdirSync(join(tree.index, '..'), { recursive: true, mode: 0o700 });
}

/**
 * Marks the moment at which the tree was exactly the commit. Whatever is written to a file later gets a later change time,
 * which no program can set; the pause of a tick keeps that apart from the checkout's own writes, on kernels whose clock
 * ticks a hundred times a second too. With the moment known, git need not read every file that it wrote in the second of
 * its index ("racily clean"): the index gets a time in the future.
 */
export async function seal(tree: Tree): Promise<void> {
  await sleep(tickMilliseconds + 1);
  writeFileSync(sealOf(tree), '');
  const now = statSync(sealOf(tree)).mtimeMs;
  setTime(sealOf(tree), now - 1);
  // Whole seconds: a file system that cannot tell moments within a second apart. There git has to read.
  if (now % 1000 !== 0) setTime(tree.index, now + 2_000);
}

function setTime(path: string, milliseconds: number): void {
  const time = new Date(milliseconds);
  utimesSync(path, time, time);
}

const tickMilliseconds = 10;
const sealOf = ({ index }: Pick<Tree, 'index'>) => index.replace(/\.index$/, '.seal');

/**
 * Brings the directory of an old release forward: what has not changed is not written again. `false` when it cannot be
 * cleaned for certain; then a fresh checkout is due.
 */
async function takeOver(
  git: Git,
  paths: RepositoryPaths,
  commit: string,
  place: Place,
  tree: Tree,
  old: Kept,
): Promise<boolean> {
  const from = treeOf(paths, old.id);
  if (old.note.submodules || !existsSync(from.index) || !existsSync(sealOf(from))) return false;
  renameSync(paths.release(old.id), tree.path);
  renameSync(from.index, tree.index);
  renameSync(sealOf(from), sealOf(tree));
  rmSync(paths.note(old.id), { force: true });
  const checks = await all([sameAttributes(git, commit, place), straighten(tree)]);
  return (
    checks.every((isGood) => isGood) &&
    (await git.try(place, ['clean', '-ffdxq'])).code === 0 &&
    (await git.try(place, readTree(commit))).code === 0
  );
}

/** Attributes decide how a file is written; git does not write a file again when only its attributes change. */
async function sameAttributes(git: Git, commit: string, place: Place): Promise<boolean> {
  const args = ['diff-index', '--cached', '--quiet', commit, '--', ':(glob)**/.gitattributes'];
  return (await git.try(place, args)).code === 0;
}

/**
 * Removes everything that was written after the seal, before git removes what its old index does not name and writes: a
 * folder that was moved away and replaced by a link to itself would else pass for unchanged. Git never looks at folders
 * named .git and does not keep owners and modes of folders, so those are put right too.
 */
async function straighten(tree: Tree): Promise<boolean> {
  const gitFolders = ['-name', '.git', '-prune', '-exec', 'rm', '-rf', '{}', '+'];
  const owners = [
    '!',
    '-user',
    `${process.getuid?.()}`,
    '-exec',
    'chown',
    `${process.getuid?.()}`,
    '{}',
    '+',
  ];
  const modes = ['!', '-perm', '0755', '-exec', 'chmod', '00755', '{}', '+'];
  const folders = ['-type', 'd', '(', ...owners, ',', ...modes, ')'];
  const changed = ['!', '-type', 'd', '-cnewer', sealOf(tree), '-exec', 'rm', '-f', '{}', '+'];
  const found = await run('find', ['.', ...gitFolders, '-o', ...folders, '-o', ...changed], {
    cwd: tree.path,
    env: { PATH: process.env.PATH },
    seconds: 600,
  });
  return found.code === 0;
}

/** Says plainly what git leaves out; `true` when the commit holds submodules. */
export async function lookForGaps(
  git: Git,
  place: Place,
  repository: string,
  events: Events,
): Promise<boolean> {
  const stages = await git.run(place, ['ls-files', '--stage', '-z']);
  const submodules = /(^|\0)160000 /.test(stages);
  if (submodules)
    events.warn(`repository ${repository}: its submodules are not fetched; their folders stay empty`, {
      repository,
    });
  const attributes = [
    ...stages.matchAll(/(?:^|\0)100644 ([0-9a-f]+) 0\t(?:[^\0]*\/)?\.gitattributes(?=\0)/g),
  ];
  const texts = await all(attributes.map(([, hash = '']) => git.run(place, ['cat-file', 'blob', hash])));
  if (texts.some((text) => /\bfilter=lfs\b/.test(text)))
    events.warn(`repository ${repository}: files in Git LFS stay pointers; ship them in an overlay`, {
      repository,
    });
  return submodules;
}
