import { growingPauses } from '../waiting/pauses.ts';
import { poll } from '../waiting/poll.ts';

export interface UntilOptions {
  /** Name for the error. */
  what: string;
  seconds: number;
  signal: AbortSignal;
}

const pollMilliseconds = 50;

/** Polls until `look` returns a value. Throws at the time limit, or when the signal aborts. */
export async function until<T>(
  look: () => T | undefined | Promise<T | undefined>,
  { what, seconds, signal }: UntilOptions,
): Promise<T> {
  const pauses = growingPauses({ seconds, first: pollMilliseconds, most: pollMilliseconds });
  const found = await poll(look, pauses, { signal });
  if (found === undefined) throw new Error(`${what}: nothing within ${seconds} seconds`);
  return found;
}
