import { growingPauses } from '../waiting/pauses.ts';
import { poll } from '../waiting/poll.ts';

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
  const pauses = growingPauses({ seconds, first: pollMilliseconds, most: pollMilliseconds });
  const found = await poll(look, pauses, { signal });
  if (found === undefined) throw new Error(`${what}: did not come in ${seconds} seconds`);
  return found;
}
