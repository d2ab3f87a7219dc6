import { setTimeout } from 'node:timers/promises';

export interface PollOptions {
  /** Ends the waiting with its reason. */
  signal?: AbortSignal;
  /** Default: this process's timer. */
  sleep?: (milliseconds: number) => Promise<unknown>;
}

/** Looks until there is something, once more after the last pause; undefined when there is nothing then. */
export async function poll<T>(
  look: () => T | undefined | Promise<T | undefined>,
  pauses: Iterable<number>,
  { signal, sleep = (milliseconds) => setTimeout(milliseconds, undefined, { signal }) }: PollOptions = {},
): Promise<T | undefined> {
  for (const pause of pauses) {
    signal?.throwIfAborted();
    const found = await look();
    if (found !== undefined) return found;
    await sleep(pause);
  }
  signal?.throwIfAborted();
  return await look();
}
