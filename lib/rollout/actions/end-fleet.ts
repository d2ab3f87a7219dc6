import { launchHook, terminateHook } from '../../config/resource-names.ts';
import type { Fleet } from '../decisions/fleet.ts';
import type { JournalOwner } from './ownership.ts';
import type { Adapters } from './step-context.ts';

type EndDeps = Pick<Adapters, 'groups' | 'warmPools' | 'lifecycle'>;

/** Asks for no instances, in the warm pool first: it would fill up again. One that waits in the launch hook would not go before its heartbeat ends: it is abandoned. */
export async function endFleet(deps: EndDeps, owner: JournalOwner, group: Fleet): Promise<void> {
  if (group.deleting) return;
  if (group.warmPool && !group.warmPool.deleting) await owner.act(() => deps.warmPools.delete(group.name));
  if (group.min + group.max + group.desired > 0)
    await owner.act(() => deps.groups.resize(group.name, { min: 0, max: 0, desired: 0 }));
  await completeHooks(deps, owner, group, 'Pending:Wait', { hook: launchHook, result: 'ABANDON' });
}

/** Lets instances go whose requests have drained: the terminate hook gave them the time for that. */
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
  for (const { id } of group.instances.filter((instance) => instance.lifecycle === state))
    await owner.act(() => lifecycle.complete({ group: group.name, hook, instance: id }, result));
}
