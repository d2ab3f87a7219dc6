import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder that a run of the bench works in. */
export interface Place {
  path: string;
  /** File system that it lies on, for the report. */
  kind: 'memory file system' | 'disk';
  /** Environment of every contestant, without the user's settings. */
  env: NodeJS.ProcessEnv;
  remove(): void;
}

const memory = '/dev/shm';

export function makePlace(): Place {
  const kind = writable(memory) ? 'memory file system' : 'disk';
  const path = mkdtempSync(join(kind === 'disk' ? tmpdir() : memory, 'holdfast-bench-'));
  return { path, kind, env: environment(path), remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Makes a folder for one measure, so that none finds files of another. */
export function room(place: Place, name: string): Place {
  const path = join(place.path, name);
  mkdirSync(path);
  return {
    ...place,
    path,
    env: environment(path),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function environment(path: string): NodeJS.ProcessEnv {
  return {
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    HOME: path,
    TMPDIR: path,
    LANG: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
  };
}
