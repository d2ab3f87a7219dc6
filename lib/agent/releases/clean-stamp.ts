import { appendFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Tree } from './working-tree.ts';

/** Longest time that kernels keep showing the same time (100 ticks a second), twice. Milliseconds. */
const mostWait = 20;

/** File whose modification time is the moment at which a tree matched its commit exactly. */
export const cleanStampOf = ({ index }: Pick<Tree, 'index'>) => index.replace(/\.index$/, '.seal');

/**
 * Marks the moment at which the tree matched the commit exactly. Any later write to a file gets a later change time,
 * which no program can set; one tick of the kernel's clock separates the moment from the checkout's own writes.
 * Knowing the moment, git need not read every file of the index's second ("racily clean"): the index gets a time in
 * the future.
 */
export async function stampAsClean(tree: Tree): Promise<void> {
  const now = await nextTick(cleanStampOf(tree));
  setTime(cleanStampOf(tree), now - 1);
  // Whole seconds mean a file system without finer times. There git has to read the files.
  if (now % 1000 !== 0) setTime(tree.index, now + 2_000);
}

/** Whether the clock was set back since: later writes may have earlier times than the stamp. */
export function isStampedAhead(tree: Tree): boolean {
  return statSync(cleanStampOf(tree)).mtimeMs > Date.now();
}

/** Waits until new writes get a later time than earlier ones, and returns that time. */
async function nextTick(file: string): Promise<number> {
  writeFileSync(file, '');
  const first = statSync(file).mtimeMs;
  let now = first;
  for (const end = performance.now() + mostWait; now - first < 2 && performance.now() < end; ) {
    await sleep(1);
    appendFileSync(file, '.');
    now = statSync(file).mtimeMs;
  }
  return now;
}

function setTime(path: string, milliseconds: number): void {
  const time = new Date(milliseconds);
  utimesSync(path, time, time);
}
