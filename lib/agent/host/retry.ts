import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorName, HoldfastError, messageOf } from '../../release/errors.ts';
import type { Events } from './events.ts';

export interface RetryLimits {
  /** Errors that may pass. */
  passing: readonly ErrorName[];
  /** How long it is tried again. */
  seconds: number;
  /** Pauses between two attempts; they grow. Milliseconds. */
  firstPause: number;
  mostPause: number;
}

/** While a machine boots, its network may come later, and a git host may be away for a while. */
export const whileBooting = { seconds: 180, firstPause: 500, mostPause: 10_000 } as const;

/** Does something again as long as an error that may pass keeps it from being done, until time is up. */
export async function retryFor<T>(
  events: Events,
  { passing, seconds, firstPause, mostPause }: RetryLimits,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (let pause = firstPause; ; pause = Math.min(pause * 2, mostPause)) {
    try {
      return await work();
    } catch (error) {
      const mayPass = error instanceof HoldfastError && passing.includes(error.name);
      if (!mayPass || performance.now() + pause > deadline) throw error;
      events.tell('trying again', { because: messageOf(error), seconds: pause / 1000 });
      await sleep(pause);
    }
  }
}
