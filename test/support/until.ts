import { growingPauses } from '../../lib/waiting/pauses.ts';
import { poll } from '../../lib/waiting/poll.ts';

/** Asks until there is an answer, or the seconds are over. */
export function until<T>(seconds: number, ask: () => Promise<T | undefined>): Promise<T | undefined> {
  return poll(ask, growingPauses({ seconds, first: 100, most: 2_000, jitter: true }));
}
