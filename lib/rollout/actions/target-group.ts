import { tags } from '../../config/resource-names.ts';
import type { Colour } from '../../release/colour.ts';
import { parseParameterVersion } from '../../release/parameter-version.ts';
import type { Fleet } from '../decisions/fleet.ts';
import { findSettingsAt, type PinnedSettings } from './settings.ts';
import type { StepContext } from './step-context.ts';

/** Settings that a fleet is pinned to; `undefined` when Parameter Store no longer keeps them. */
export function settingsOf(
  deps: StepContext<'parameters'>,
  group: Fleet,
): Promise<PinnedSettings | undefined> {
  const service = group.tags[tags.service] ?? '';
  const { version } = parseParameterVersion(group.tags[tags.settings] ?? '');
  return findSettingsAt(deps, service, version);
}

/** Target group of a fleet, even after it was detached; `undefined` without a load balancer. */
export async function targetGroupOf(
  deps: StepContext<'parameters'>,
  group: Fleet | undefined,
): Promise<string | undefined> {
  if (!group) return undefined;
  if (group.targetGroups[0]) return group.targetGroups[0];
  const pinned = await settingsOf(deps, group);
  return pinned?.settings.balancer?.targetGroups[group.tags[tags.colour] as Colour];
}
