import { type ErrorName, HoldfastError, messageOf } from '../../release/errors.ts';
import { growingPauses } from '../../waiting/pauses.ts';
import { retry } from '../../waiting/retry.ts';
import type { Events } from './events.ts';

export interface RetryLimits {
  /** Errors that may pass. */
  passing: readonly ErrorName[];
  /** How long to keep trying. */
  seconds: number;
  /** Pauses between two attempts; they grow. Milliseconds. */
  first: number;
  most: number;
}

/** How long attempts go on, and their pauses in milliseconds. */
export type Patience = Omit<RetryLimits, 'passing'>;

/** While a machine boots, its network may come late, and a git host may be away for a while. */
export const whileBooting = { seconds: 180, first: 500, most: 10_000 } as const;

/** Retries work that fails with a passing error until time is up. */
export async function retryFor<T>(
  events: Events,
  { passing, ...pauses }: RetryLimits,
  work: () => Promise<T>,
): Promise<T> {
  return await retry(work, growingPauses(pauses), {
    mayPass: (error) => error instanceof HoldfastError && passing.includes(error.name),
    failed: (error, pause) =>
      events.tell('trying again', { because: messageOf(error), seconds: pause / 1000 }),
  });
}
