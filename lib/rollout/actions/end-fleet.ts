import { launchHook, terminateHook } from '../../config/resource-names.ts';
import type { Fleet } from '../decisions/fleet.ts';
import type { Hold } from './ownership.ts';
import type { Deps } from './step-context.ts';

type EndDeps = Pick<Deps, 'groups' | 'warmPools' | 'lifecycle'>;

/** Asks for no instances, in the warm pool first: it would fill up again. One that waits in the launch hook would not go before its heartbeat ends: it is abandoned. */
export async function endFleet(deps: EndDeps, hold: Hold, group: Fleet): Promise<void> {
  if (group.deleting) return;
  if (group.warmPool && !group.warmPool.deleting) await hold.act(() => deps.warmPools.delete(group.name));
  if (group.min + group.max + group.desired > 0)
    await hold.act(() => deps.groups.resize(group.name, { min: 0, max: 0, desired: 0 }));
  await completeHooks(deps, hold, group, 'Pending:Wait', { hook: launchHook, result: 'ABANDON' });
}

/** Lets instances go whose requests have drained: the terminate hook gave them the time for that. */
export async function releaseDrained(deps: EndDeps, hold: Hold, group: Fleet): Promise<void> {
  await completeHooks(deps, hold, group, 'Terminating:Wait', { hook: terminateHook, result: 'CONTINUE' });
}

async function completeHooks(
  { lifecycle }: EndDeps,
  hold: Hold,
  group: Fleet,
  state: string,
  { hook, result }: { hook: string; result: 'CONTINUE' | 'ABANDON' },
): Promise<void> {
  for (const { id } of group.instances.filter((instance) => instance.lifecycle === state))
    await hold.act(() => lifecycle.complete({ group: group.name, hook, instance: id }, result));
}
