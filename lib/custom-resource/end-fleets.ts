import type { Groups } from '../aws/groups.ts';
import { HoldfastError } from '../release/errors.ts';
import type { Fleet } from '../rollout/decisions/fleet.ts';
import { growingPauses } from '../waiting/pauses.ts';
import { poll } from '../waiting/poll.ts';
import type { RoutedService } from './routing.ts';

export interface EndFleetsDeps {
  groups: Groups;
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/**
 * Times for ending fleets, in seconds. A Lambda ends after 900: the load balancer gets up to 120 to forget the rules,
 * instances 480 to leave by themselves and 240 to be ended by force; a minute remains for everything else.
 */
const times = { leave: 480, force: 240, poll: 5 } as const;

/** Ends all fleets of a service: lets instances leave, ends those that do not, and waits until none is left. */
export async function endFleets(deps: EndFleetsDeps, service: RoutedService): Promise<void> {
  for (const { name } of await livingFleets(deps, service))
    await deps.groups.resize(name, { min: 0, max: 0, desired: 0 });
  await wait(deps, times.leave, async () =>
    (await livingFleets(deps, service)).every(({ instances }) => instances.length === 0),
  );
  for (const { name } of await livingFleets(deps, service)) await deps.groups.delete(name, { force: true });
  const gone = await wait(deps, times.force, async () => (await groupsOf(deps, service)).length === 0);
  if (!gone) throw fleetsRemain(service, await groupsOf(deps, service));
}

function groupsOf({ groups }: EndFleetsDeps, { environment, service }: RoutedService): Promise<Fleet[]> {
  return groups.list(environment, service);
}

async function livingFleets(deps: EndFleetsDeps, service: RoutedService): Promise<Fleet[]> {
  return (await groupsOf(deps, service)).filter(({ deleting }) => !deleting);
}

/** Polls until it is true; `false` when it is not in time. */
async function wait(
  { now, sleep }: EndFleetsDeps,
  seconds: number,
  isSo: () => Promise<boolean>,
): Promise<boolean> {
  const pauses = growingPauses({ seconds, first: times.poll * 1000, most: times.poll * 1000, now });
  return (await poll(async () => (await isSo()) || undefined, pauses, { sleep })) ?? false;
}

function fleetsRemain({ service }: RoutedService, left: readonly Fleet[]): HoldfastError {
  const groups = left.map(({ name, instances }) => `${name} (${instances.length} instances)`).join(', ');
  return new HoldfastError(
    'SettleOverdue',
    `service ${service}: found ${groups} after ${times.leave + times.force} seconds, expected no fleet; delete the stack again`,
  );
}
