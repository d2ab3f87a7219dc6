import { chmodSync, lstatSync, readdirSync, renameSync, rmdirSync, rmSync, type Stats } from 'node:fs';
import { quoteName } from './quote-name.ts';

/** A folder, and the tree that its entries are to be moved over. */
export interface Merge {
  source: string;
  tree: string;
}

/**
 * Why entries cannot take their places in the tree, or undefined. A link of the tree may give way to a file or a link;
 * a folder in its place would be written through it.
 */
export function findClash(merge: Merge, folder?: Buffer): string | undefined {
  for (const path of namesIn(merge, folder)) {
    const present = inTree(merge, path);
    if (!present) continue;
    const entry = lstatSync(at(merge.source, path));
    const problem = entry.isDirectory()
      ? clashOfFolder(merge, path, entry, present)
      : clashOfFile(merge, path, present);
    if (problem) return problem;
  }
  return undefined;
}

/**
 * Moves entries over the tree, level by level. Call it when nothing clashes. Folders that are in the tree keep their
 * modes.
 */
export function moveOver(merge: Merge, folder?: Buffer): void {
  for (const path of namesIn(merge, folder)) {
    const entry = lstatSync(at(merge.source, path));
    const present = inTree(merge, path);
    if (entry.isDirectory() && present?.isDirectory()) {
      moveOver(merge, path);
      continue;
    }
    if (present?.isDirectory()) rmdirSync(at(merge.tree, path));
    else if (present && entry.isDirectory()) rmSync(at(merge.tree, path));
    move(at(merge.source, path), at(merge.tree, path), entry);
  }
}

function clashOfFolder(merge: Merge, path: Buffer, entry: Stats, present: Stats): string | undefined {
  if (present.isSymbolicLink())
    return `${quoteName(path.toString('latin1'))} is a link of the commit, and a folder of the tarball would be written through it`;
  if (!present.isDirectory()) return undefined;
  // Its own mode counts no more: the one in the tree stays.
  makeUsable(at(merge.source, path), entry);
  return findClash(merge, path);
}

function clashOfFile(merge: Merge, path: Buffer, present: Stats): string | undefined {
  const isFilled = present.isDirectory() && readdirSync(at(merge.tree, path)).length > 0;
  return isFilled
    ? `${quoteName(path.toString('latin1'))} is a folder of the commit, and none of the tarball`
    : undefined;
}

/** A folder that its owner may not write to cannot be moved to another parent. */
function move(from: Buffer, to: Buffer, entry: Stats): void {
  if (entry.isDirectory()) makeUsable(from, entry);
  renameSync(from, to);
  if (entry.isDirectory() && !isUsable(entry)) chmodSync(to, entry.mode & 0o777);
}

function makeUsable(folder: Buffer, entry: Stats): void {
  if (!isUsable(entry)) chmodSync(folder, (entry.mode & 0o777) | 0o700);
}

const isUsable = ({ mode }: Stats) => (mode & 0o700) === 0o700;

const inTree = ({ tree }: Merge, path: Buffer) => lstatSync(at(tree, path), { throwIfNoEntry: false });

/** Paths of a folder's entries. Names are bytes. */
function namesIn({ source }: Merge, folder: Buffer = Buffer.alloc(0)): Buffer[] {
  const start = folder.length > 0 ? Buffer.concat([folder, slash]) : folder;
  const names = readdirSync(at(source, folder), { encoding: 'buffer' });
  return names.map((name) => Buffer.concat([start, name]));
}

const slash = Buffer.from('/');

function at(root: string, path: Buffer): Buffer {
  return Buffer.concat([Buffer.from(root), slash, path]);
}
