import { colours } from '../../release/colour.ts';
import { unusedPins } from '../decisions/pinned-versions.ts';
import type { JournalOwner } from './ownership.ts';
import type { ServiceView } from './service-view.ts';
import type { StepContext } from './step-context.ts';
import { targetGroupOf } from './target-group.ts';

type LeftoverAdapters = StepContext<'parameters' | 'templates' | 'balancer'>;

/** Removes leftovers of ended fleets: their pinned template versions, and target groups of older settings. */
export async function removeLeftovers(
  deps: LeftoverAdapters,
  owner: JournalOwner,
  view: ServiceView,
): Promise<void> {
  await removePins(deps, owner, view);
  if (view.newest.settings.balancer) await removeTargetGroups(deps, owner, view);
}

async function removePins(
  { templates }: LeftoverAdapters,
  owner: JournalOwner,
  { newest, serving }: ServiceView,
): Promise<void> {
  const { id } = newest.settings.launchTemplate;
  const used = serving?.launchTemplate?.id === id ? serving.launchTemplate.version : undefined;
  const unused = unusedPins(await templates.versions(id), [used]);
  await owner.actOnEach(unused, (version) => templates.delete(id, version));
}

async function removeTargetGroups(
  deps: LeftoverAdapters,
  owner: JournalOwner,
  { newest, serving }: ServiceView,
): Promise<void> {
  const { environment, service, balancer } = newest.settings;
  const own = await targetGroupOf(deps, serving);
  const kept = new Set([own, ...colours.map((colour) => balancer?.targetGroups[colour])]);
  for (const { arn, balancers } of await deps.balancer.ofService(environment, service)) {
    if (kept.has(arn) || balancers.length > 0) continue;
    await owner.act(() => deps.balancer.delete(arn));
  }
}
