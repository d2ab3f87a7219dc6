import { setTimeout as sleep } from 'node:timers/promises';
import type { Lifecycle } from '../../aws/lifecycle.ts';
import { terminateHook } from '../../config/resource-names.ts';
import { messageOf } from '../../release/errors.ts';
import type { Events } from '../host/events.ts';

/** Longest drain time of a load balancer before the hook begins, plus a margin. Milliseconds. */
const mostMilliseconds = (3_600 + 300) * 1_000;
const usualSeconds = 60;
/** Longest pause between two heartbeats. Seconds. */
const mostPauseSeconds = 20;

/** The terminate hook of this instance's group. */
export interface LeavingHook {
  lifecycle: Lifecycle;
  group: string;
  instance: string;
  /** Its heartbeat. Default: 60. */
  seconds?: number | undefined;
  events: Events;
}

/**
 * Prolongs the terminate hook until `work` has ended, well or not. Returns whether the instance waits in the hook:
 * then the load balancer has released it, because that comes before the hook. Sends at least three heartbeats in each
 * heartbeat time.
 */
export async function holdUntil(hook: LeavingHook, work: Promise<unknown>): Promise<boolean> {
  let isDone = false;
  const finish = () => {
    isDone = true;
  };
  const done = work.then(finish, finish);
  const end = performance.now() + mostMilliseconds;
  for (;;) {
    const isHeld = await sendHeartbeat(hook);
    if (isDone && (isHeld || performance.now() > end)) return isHeld;
    const pause = sleep(pauseSeconds(hook) * 1000);
    await (isDone ? pause : Promise.race([done, pause]));
  }
}

/** Completes the hook: the group ends the instance now. */
export async function completeHook({ lifecycle, group, instance, events }: LeavingHook): Promise<void> {
  const isHeld = await lifecycle.complete({ group, instance, hook: terminateHook }, 'CONTINUE');
  events.tell('terminate hook', { result: 'CONTINUE', waited: isHeld });
}

function pauseSeconds({ seconds = usualSeconds }: LeavingHook): number {
  return Math.min(mostPauseSeconds, seconds / 3);
}

/** Returns whether the instance waits in the hook. A failed heartbeat is only a warning: the next one may succeed. */
async function sendHeartbeat({ lifecycle, group, instance, events }: LeavingHook): Promise<boolean> {
  try {
    return await lifecycle.heartbeat({ group, instance, hook: terminateHook });
  } catch (error) {
    events.warn(messageOf(error));
    return false;
  }
}
