import { type Finding, notReady, ready } from './finding.ts';
import type { Target } from './fleet.ts';

/** Targets that still have to be deregistered. */
export function drainable(targets: readonly Pick<Target, 'id' | 'state'>[]): string[] {
  return targets.filter(({ state }) => state !== 'draining').map(({ id }) => id);
}

/** Whether no target is left. A draining target is listed until its delay ends, idle or not. */
export function judgeDrained(targets: readonly Pick<Target, 'id' | 'state'>[]): Finding {
  if (targets.length === 0) return ready;
  const left = targets.slice(0, 5).map(({ id, state }) => `${id} ${state}`);
  return notReady(`${targets.length} targets are left: ${left.join(', ')}`);
}

/**
 * Seconds until the next look at draining targets: a fiftieth of the remaining time. The delay always runs to its
 * end, so closer looks would only cost transitions.
 */
export function drainPoll(poll: number, deadline: string, now: number): number {
  return Math.max(poll, Math.ceil((Date.parse(deadline) - now) / 50_000));
}
