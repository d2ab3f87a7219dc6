import { colours } from '../../release/colour.ts';
import { unusedPins } from '../decisions/pinned-versions.ts';
import type { Hold } from './ownership.ts';
import type { Situation } from './service-view.ts';
import type { Needs } from './step-context.ts';
import { targetGroupOf } from './target-group.ts';

type TidyNeeds = Needs<'parameters' | 'templates' | 'balancer'>;

/** Removes what ended fleets leave behind: their pinned template versions, and target groups of older settings. */
export async function tidy(deps: TidyNeeds, hold: Hold, view: Situation): Promise<void> {
  await removePins(deps, hold, view);
  if (view.newest.settings.balancer) await removeTargetGroups(deps, hold, view);
}

async function removePins(
  { templates }: TidyNeeds,
  hold: Hold,
  { newest, serving }: Situation,
): Promise<void> {
  const { id } = newest.settings.launchTemplate;
  const used = serving?.launchTemplate?.id === id ? serving.launchTemplate.version : undefined;
  for (const version of unusedPins(await templates.versions(id), [used]))
    await hold.act(() => templates.delete(id, version));
}

async function removeTargetGroups(
  deps: TidyNeeds,
  hold: Hold,
  { newest, serving }: Situation,
): Promise<void> {
  const { environment, service, balancer } = newest.settings;
  const own = await targetGroupOf(deps, serving);
  const kept = new Set([own, ...colours.map((colour) => balancer?.targetGroups[colour])]);
  for (const { arn, balancers } of await deps.balancer.ofService(environment, service)) {
    if (kept.has(arn) || balancers.length > 0) continue;
    await hold.act(() => deps.balancer.delete(arn));
  }
}
