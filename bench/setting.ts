import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandOptions } from './command.ts';
import type { Place } from './place.ts';

/** Inputs of a contestant: a folder and the repository to deploy. */
export interface Setting {
  place: Place;
  /** Clone url. */
  url: string;
}

/** Path of a contestant's own folder. */
export function home(setting: Setting, name: string): string {
  return join(setting.place.path, name);
}

/** Options of its commands: the bench's folder and environment. */
export function at({ place }: Setting, cwd = place.path): CommandOptions {
  return { cwd, env: place.env };
}

/** A fresh machine has nothing yet. */
export function wipe(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
