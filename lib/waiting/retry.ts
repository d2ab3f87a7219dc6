import { setTimeout } from 'node:timers/promises';

export interface RetryOptions {
  /** Whether an error may be gone at the next attempt; any other is thrown at once. */
  mayPass: (error: unknown) => boolean;
  /** Told before each pause. Milliseconds. */
  failed?: (error: unknown, pause: number) => void;
  /** Default: this process's timer. */
  sleep?: (milliseconds: number) => Promise<unknown>;
}

/** Does something again after each pause, as long as errors that may pass keep it from being done. */
export async function retry<T>(
  work: () => Promise<T>,
  pauses: Iterable<number>,
  { mayPass, failed, sleep = setTimeout }: RetryOptions,
): Promise<T> {
  for (const pause of pauses) {
    try {
      return await work();
    } catch (error) {
      if (!mayPass(error)) throw error;
      failed?.(error, pause);
    }
    await sleep(pause);
  }
  return await work();
}
