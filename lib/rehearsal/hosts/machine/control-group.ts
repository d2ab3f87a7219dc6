import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const hierarchy = '/sys/fs/cgroup';
const tries = 100;
/** Distinguishes machines of this process from others on this computer. */
const run = randomBytes(4).toString('hex');

/** The group of a machine. enclosure.sh finds groups of killed runs by their prefix. */
export function controlGroup(name: string): string {
  return join(hierarchy, `holdfast-${run}-${name}`);
}

/** Shell words that move a process into a group and run the remaining arguments there. */
export const joinGroup = [
  'sh',
  '-c',
  // Another run may remove the group before this process is in it.
  'for n in 1 2 3; do mkdir -p "$0" && echo $$ > "$0/cgroup.procs" && exec "$@"; done; exit 1',
];

/** Removes a group with everything below it. The kernel notices the end of processes with a delay. */
export async function removeGroup(group: string): Promise<void> {
  for (let left = tries; existsSync(group); left -= 1) {
    try {
      removeTree(group);
    } catch (error) {
      if (left === 0) throw error;
      await sleep(20);
    }
  }
}

function removeTree(group: string): void {
  for (const entry of readdirSync(group, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(join(group, entry.name));
  }
  rmdirSync(group);
}
