import type { Settings } from '../../config/settings.ts';
import type { Fleet } from '../decisions/fleet.ts';
import { configuredLimits } from '../decisions/needed.ts';
import { scalingChanges, wantedTargets } from '../decisions/scaling.ts';
import { poolChange } from '../decisions/warm-pool.ts';
import type { JournalOwner } from './ownership.ts';
import { lookInService } from './rules.ts';
import type { ServiceView } from './service-view.ts';
import type { StepContext } from './step-context.ts';
import { targetGroupOf } from './target-group.ts';

/** Sets the limits of the recorded fleet to those of the newest settings. */
export async function applySizes(
  deps: StepContext<'groups'>,
  owner: JournalOwner,
  { newest }: Pick<ServiceView, 'newest'>,
  serving: Fleet,
): Promise<void> {
  const limits = configuredLimits(serving, newest.settings.capacity);
  if (limits) await owner.act(() => deps.groups.resize(serving.name, limits));
}

/** Sets the scaling targets of the recorded fleet to those of the newest settings. */
export async function applyScaling(
  deps: StepContext<'parameters' | 'policies'>,
  owner: JournalOwner,
  { newest }: Pick<ServiceView, 'newest'>,
  serving: Fleet,
): Promise<void> {
  const { put, remove } = await policyChanges(deps, newest.settings, serving);
  for (const target of put) await owner.act(() => deps.policies.put(serving.name, target));
  for (const name of remove) await owner.act(() => deps.policies.delete(serving.name, name));
}

/**
 * Sets the warm pool of the recorded fleet to that of the newest settings. While an old pool is being deleted, the
 * sweep returns for it.
 */
export async function applyWarmPool(
  { warmPools }: StepContext<'warmPools'>,
  owner: JournalOwner,
  { newest }: Pick<ServiceView, 'newest'>,
  { name, warmPool }: Fleet,
): Promise<void> {
  const wanted = newest.settings.warmPool;
  const change = poolChange(warmPool, wanted);
  if (change === 'put' && wanted) await owner.act(() => warmPools.put(name, wanted));
  if (change === 'remove') await owner.act(() => warmPools.delete(name));
}

/**
 * Whether the newest settings would shrink a fleet while some of its instances are still launching: the group might
 * end those that serve and keep those that do not yet.
 */
export async function shrinksTooSoon(
  deps: StepContext<'parameters' | 'groups' | 'balancer'>,
  { newest }: Pick<ServiceView, 'newest'>,
  serving: Fleet,
): Promise<boolean> {
  if (newest.settings.capacity.max >= serving.desired) return false;
  if (serving.instances.some(({ lifecycle }) => lifecycle !== 'InService')) return true;
  const targetGroup = newest.settings.balancer && (await targetGroupOf(deps, serving));
  if (!targetGroup) return false;
  return !(await lookInService(deps, serving, targetGroup, serving.desired)).ready;
}

/** Differences between a fleet's scaling targets and the settings. */
export async function policyChanges(
  deps: StepContext<'parameters' | 'policies'>,
  settings: Settings,
  group: Fleet,
): Promise<ReturnType<typeof scalingChanges>> {
  const targetGroup = settings.balancer && (await targetGroupOf(deps, group));
  const behind = settings.balancer && targetGroup ? { rule: settings.balancer.rule, targetGroup } : undefined;
  return scalingChanges(await deps.policies.get(group.name), wantedTargets(settings.scaling, behind));
}
