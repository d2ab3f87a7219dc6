import { launchHook, terminateHook } from '../../config/resource-names.ts';
import type { Fleet } from '../decisions/fleet.ts';
import type { JournalOwner } from './ownership.ts';
import type { Adapters } from './step-context.ts';

/** Hooks that one look completes; the next one goes on. Auto Scaling throttles those who ask for more at once. */
const most = 100;

type EndDeps = Pick<Adapters, 'groups' | 'warmPools' | 'lifecycle'>;

/**
 * Scales the fleet to zero, warm pool first (it would refill). Instances still in the launch hook are abandoned;
 * otherwise they stay until the heartbeat expires.
 */
export async function endFleet(deps: EndDeps, owner: JournalOwner, group: Fleet): Promise<void> {
  if (group.deleting) return;
  if (group.warmPool && !group.warmPool.deleting) await owner.act(() => deps.warmPools.delete(group.name));
  if (group.min + group.max + group.desired > 0)
    await owner.act(() => deps.groups.resize(group.name, { min: 0, max: 0, desired: 0 }));
  await completeHooks(deps, owner, group, 'Pending:Wait', { hook: launchHook, result: 'ABANDON' });
}

/** Completes the terminate hook of instances whose requests have drained: it gave them the time to drain. */
export async function releaseDrained(deps: EndDeps, owner: JournalOwner, group: Fleet): Promise<void> {
  await completeHooks(deps, owner, group, 'Terminating:Wait', { hook: terminateHook, result: 'CONTINUE' });
}

async function completeHooks(
  { lifecycle }: EndDeps,
  owner: JournalOwner,
  group: Fleet,
  state: string,
  { hook, result }: { hook: string; result: 'CONTINUE' | 'ABANDON' },
): Promise<void> {
  const held = group.instances.filter((instance) => instance.lifecycle === state).slice(0, most);
  await owner.actOnEach(held, ({ id }) =>
    lifecycle.complete({ group: group.name, hook, instance: id }, result),
  );
}
