import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import * as z from 'zod';
import { readState, writeState } from '../host/state-file.ts';
import type { Layout } from '../session/layout.ts';
import { currentId } from './release-notes.ts';

/** Release directory by repository; null: none. */
const idsSchema = z.record(z.string(), z.string().nullable());
export type Ids = z.infer<typeof idsSchema>;

const runningSchema = z.strictObject({ boot: z.string(), releases: idsSchema });
type Running = z.infer<typeof runningSchema>;
const switchingSchema = z.strictObject({ from: idsSchema });

/** The release directories that `current` points to. */
export function currentIds(layout: Layout, repositories: readonly string[]): Ids {
  return Object.fromEntries(repositories.map((name) => [name, currentId(layout.repository(name)) ?? null]));
}

/** The releases to return to: the current ones, or the origin of an unfinished switch. */
export function previousIds(layout: Layout, repositories: readonly string[]): Ids {
  const unfinished = readState(layout.switching, switchingSchema)?.from ?? {};
  const known = Object.entries(unfinished).filter(
    ([name, id]) =>
      repositories.includes(name) && (id === null || existsSync(layout.repository(name).release(id))),
  );
  return { ...currentIds(layout, repositories), ...Object.fromEntries(known) };
}

/** Release directories of a repository that must stay: the current one, and the origin of an unfinished switch. */
export function releasesInUse(layout: Layout, repository: string): string[] {
  const ids = [currentIds(layout, [repository]), previousIds(layout, [repository])];
  return ids.map((each) => each[repository]).filter((id) => typeof id === 'string');
}

/** Notes that these releases were started and found healthy. A reboot voids the note. */
export function noteRunning(layout: Layout, releases: Ids): void {
  const note: Running = { boot: bootId(), releases };
  const isIn = (file: string) => sameRunning(readState(file, runningSchema), note);
  if (isIn(layout.nextRunning)) renameSync(layout.nextRunning, layout.running);
  else if (!isIn(layout.running)) writeState(layout.running, note);
  for (const file of [layout.nextRunning, layout.switching]) rmSync(file, { force: true });
}

/** Notes that one repository changed while the service kept running. The note of the others stays valid. */
export function noteReplaced(layout: Layout, repository: string, id: string): void {
  const noted = readState(layout.running, runningSchema);
  if (noted) writeState(layout.running, { ...noted, releases: { ...noted.releases, [repository]: id } });
}

/** Whether exactly these releases were started and found healthy since the machine booted. */
export function isRunning(layout: Layout, releases: Ids): boolean {
  const noted = readState(layout.running, runningSchema);
  if (!noted || readState(layout.switching, switchingSchema) || noted.boot !== bootId()) return false;
  return namesReleases(noted.releases, releases);
}

function sameRunning(one: Running | undefined, other: Running): boolean {
  return (
    one?.boot === other.boot &&
    namesReleases(one.releases, other.releases) &&
    namesReleases(other.releases, one.releases)
  );
}

/** Whether `some` ids are among `all`. */
function namesReleases(all: Ids, some: Ids): boolean {
  return Object.entries(some).every(([name, id]) => all[name] === id);
}

/** Notes the origin and the target before the first link moves: a full disk shows here or not at all. */
export function noteSwitching(layout: Layout, from: Ids, to: Ids): void {
  writeState(layout.nextRunning, { boot: bootId(), releases: to });
  writeState(layout.switching, { from });
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
