import { relative, sep } from 'node:path';

/** What is known of a test file that ended. */
export interface FileTime {
  /** From the root of the project. */
  path: string;
  seconds: number;
}

/** A line for each folder below `test/`, the longest first: the time of its files, one after the other. */
export function folderTimes(files: readonly FileTime[]): string[] {
  const folders = new Map<string, FileTime[]>();
  for (const file of files) folders.set(folderOf(file), [...(folders.get(folderOf(file)) ?? []), file]);
  const lines = [...folders].map(([folder, found]) => ({ folder, count: found.length, seconds: sum(found) }));
  return lines
    .toSorted((a, b) => b.seconds - a.seconds)
    .map(({ folder, count, seconds }) => `${seconds.toFixed(1).padStart(8)} s  ${folder} (${count})`);
}

/** `test/agent`, or `test` for a file that lies there itself. */
function folderOf({ path }: FileTime): string {
  const parts = relative('', path).split(sep);
  return parts.slice(0, Math.min(2, parts.length - 1)).join('/');
}

function sum(files: readonly FileTime[]): number {
  return files.reduce((total, { seconds }) => total + seconds, 0);
}
