import { appendFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Tree } from './working-tree.ts';

/** Longest that kernels keep showing the same time (100 ticks a second), twice. Milliseconds. */
const mostWait = 20;

/** File whose time is the moment at which a tree was exactly its commit. */
export const cleanStampOf = ({ index }: Pick<Tree, 'index'>) => index.replace(/\.index$/, '.seal');

/**
 * Marks the moment at which the tree was exactly the commit. Whatever is written to a file later gets a later change time,
 * which no program can set; the moment is kept apart from the checkout's own writes by a tick of the kernel's clock.
 * With the moment known, git need not read every file that it wrote in the second of its index ("racily clean"): the
 * index gets a time in the future.
 */
export async function stampAsClean(tree: Tree): Promise<void> {
  const now = await nextTick(cleanStampOf(tree));
  setTime(cleanStampOf(tree), now - 1);
  // Whole seconds: a file system that cannot tell moments within a second apart. There git has to read.
  if (now % 1000 !== 0) setTime(tree.index, now + 2_000);
}

/** Whether the clock was set back since: what was written after the seal may have an earlier time. */
export function isStampedAhead(tree: Tree): boolean {
  return statSync(cleanStampOf(tree)).mtimeMs > Date.now();
}

/** Waits until a file that is written now gets a later time than one that was written before; gives that time. */
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
