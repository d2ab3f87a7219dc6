import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn } from '../host/state-file.ts';
import type { UnitFiles } from './unit-text.ts';

/** Changes that bring unit files to the wanted state. */
export interface UnitChanges {
  /** Files that are no longer wanted. */
  stale: string[];
  /** Files that are missing or differ. */
  changed: string[];
}

/** Compares the files of a folder whose names match `managedNames` with the wanted ones. */
export function compareUnits(folder: string, managedNames: RegExp, wanted: UnitFiles): UnitChanges {
  const stale = namesIn(folder).filter((name) => managedNames.test(name) && !(name in wanted));
  const changed = Object.entries(wanted).filter(([name, text]) => read(join(folder, name)) !== text);
  return { stale, changed: changed.map(([name]) => name) };
}

/** Writes changed files, each completely or not at all, and removes stale ones. */
export function placeUnits(folder: string, { stale, changed }: UnitChanges, wanted: UnitFiles): void {
  mkdirSync(folder, { recursive: true });
  for (const name of changed) {
    const file = join(folder, name);
    // systemd takes no file with this name for a unit.
    writeFileSync(`${file}.new`, wanted[name] ?? '', { mode: 0o644 });
    renameSync(`${file}.new`, file);
  }
  for (const name of stale) rmSync(join(folder, name), { force: true });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
