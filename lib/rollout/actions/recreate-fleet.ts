import { fleetName, parameterNames } from '../../config/resource-names.ts';
import { formatParameterVersion } from '../../release/parameter-version.ts';
import { neededInstances } from '../decisions/needed.ts';
import { shortDigest } from '../digest.ts';
import { createFleet } from './create-fleet.ts';
import type { JournalOwner } from './ownership.ts';
import type { ServiceView } from './service-view.ts';
import { findSettingsAt, type PinnedSettings, type Recorded } from './settings.ts';
import type { StepContext } from './step-context.ts';

/**
 * Recreates the recorded fleet after someone deleted it. Its instances apply `deployed` itself, at the version that
 * the journal knows. Returns the fleet's name.
 */
export async function recreateFleet(
  deps: StepContext<'parameters' | 'groups' | 'templates' | 'balancer'>,
  owner: JournalOwner,
  { newest, others }: ServiceView,
  { record, version }: Recorded,
): Promise<string> {
  const { service } = owner.journal;
  const settings = await recordedSettings(deps, service, record.settings, newest);
  const colour = record.colour ?? 'blue';
  const name =
    record.fleet ?? fleetName(deps.environment, service, colour, shortDigest(record.deployment, record.at));
  const deployed = parameterNames(deps.environment, service).deployed;
  const largest = Math.max(0, ...others.map(({ desired }) => desired));
  await createFleet(deps, owner, {
    name,
    colour,
    record: formatParameterVersion({ name: deployed, version }),
    settings,
    deployment: record.deployment,
    size: neededInstances(newest.settings.capacity.min, largest),
  });
  return name;
}

/**
 * The settings that the record names, or the newest ones if that version is gone: the service was deleted and created
 * again, or the version is older than Parameter Store keeps.
 */
async function recordedSettings(
  deps: StepContext<'parameters'>,
  service: string,
  version: number | undefined,
  newest: PinnedSettings,
): Promise<PinnedSettings> {
  if (version === undefined || version > newest.version) return newest;
  return (await findSettingsAt(deps, service, version)) ?? newest;
}
