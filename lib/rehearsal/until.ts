import { setTimeout as sleep } from 'node:timers/promises';

export interface UntilOptions {
  /** In words, for the error. */
  what: string;
  seconds: number;
  signal: AbortSignal;
}

const pollMilliseconds = 50;

/** Waits until `look` gives a value; throws when it does not in time, or when the signal aborts. */
export async function until<T>(
  look: () => T | undefined | Promise<T | undefined>,
  { what, seconds, signal }: UntilOptions,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    signal.throwIfAborted();
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${what}: did not come in ${seconds} seconds`);
    await sleep(pollMilliseconds, undefined, { signal });
  }
}
