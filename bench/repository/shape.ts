import { random } from './random.ts';
import { vocabulary, vocabularySize } from './vocabulary.ts';

/** What a generated repository looks like. */
export interface Shape {
  files: number;
  /** Mean bytes of a file; sizes are spread exponentially. */
  fileBytes: number;
  commits: number;
  /** For each number a branch `changed-<number>` with one commit on `main` that changes so many files. Default: none. */
  changes?: number[];
}

/** The repository of the targets: 5,000 files, 100 MB, 5,000 commits. */
export const standard: Shape = { files: 5000, fileBytes: 21_500, commits: 5000 };

/** Files that the history changes: small ones, so that it stays as light as that of real source. */
export const hotFiles = 400;
const hotBytes = 2500;

/** Files in a folder, and folders in a folder. */
const inFolder = 50;
const inArea = 10;

const endings = ['ts', 'html', 'json', 'css', 'png'];

/**
 * Names differ in words, not in numbers: git looks for deltas among files of a similar name, and takes names that differ in
 * a digit or two for the same.
 */
export function pathOf(file: number): string {
  const folder = Math.floor(file / inFolder);
  const words = random(file + 1);
  const name = [0, 1].map(() => vocabulary[words.below(vocabularySize)]).join('-');
  const path = `area-${pad(Math.floor(folder / inArea))}/part-${pad(folder % inArea)}`;
  return `${path}/${name}-${file.toString(36)}.${endings[file % endings.length]}`;
}

export function bytesOf(file: number, shape: Shape): number {
  if (file < hotFiles) return hotBytes;
  return Math.max(64, Math.round(-Math.log(1 - random(file).next()) * shape.fileBytes));
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
