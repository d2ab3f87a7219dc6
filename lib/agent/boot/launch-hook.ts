import type { Lifecycle } from '../../aws/lifecycle.ts';
import { launchHook } from '../../config/resource-names.ts';
import { messageOf } from '../../release/errors.ts';
import type { Events } from '../host/events.ts';
import type { Identity } from './identity.ts';

/** The shortest launch hook is 300 s: three heartbeats may be lost. */
const heartbeatMilliseconds = 75_000;

/** Prolongs the launch hook while there is work. A failed heartbeat is only a warning: the next one may succeed. */
export function prolongLaunch(lifecycle: Lifecycle, identity: Identity, events: Events): () => void {
  const held = launchActionOf(identity);
  if (!held) return () => undefined;
  const beat = () =>
    lifecycle.heartbeat(held).catch((error: unknown) => {
      events.warn(messageOf(error));
    });
  const timer = setInterval(beat, heartbeatMilliseconds);
  return () => clearInterval(timer);
}

/**
 * Says whether the instance may enter service. An instance that waits in no hook (after a reboot, or without a group)
 * says nothing.
 */
export async function endLaunch(
  lifecycle: Lifecycle,
  identity: Identity,
  events: Events,
  isReady: boolean,
): Promise<void> {
  const held = launchActionOf(identity);
  if (!held) return;
  const result = isReady ? 'CONTINUE' : 'ABANDON';
  const isHeld = await lifecycle.complete(held, result);
  events.tell('launch hook', { result, waited: isHeld });
}

function launchActionOf({ group, instance }: Identity) {
  return group === undefined ? undefined : { group, hook: launchHook, instance };
}
