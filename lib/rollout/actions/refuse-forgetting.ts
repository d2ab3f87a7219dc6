import { tags } from '../../config/resource-names.ts';
import { HoldfastError } from '../../release/errors.ts';
import { findParameterVersion } from '../../release/parameter-version.ts';
import { findSettings } from './settings.ts';
import type { StepContext } from './step-context.ts';

/** Parameter Store keeps 100 versions. Ten before the end there is time to act. */
const mostUpdates = 90;

/**
 * Throws when Parameter Store will soon forget the settings that a fleet was born with: from then on it could neither
 * grow nor heal.
 */
export async function refuseForgetting(
  deps: StepContext<'parameters' | 'groups'>,
  service: string,
): Promise<void> {
  const newest = await findSettings(deps, service);
  if (!newest || newest.version <= mostUpdates) return;
  for (const { name, tags: own } of await deps.groups.list(deps.environment, service)) {
    const born = findParameterVersion(own[tags.settings] ?? '')?.version ?? newest.version;
    if (newest.version - born < mostUpdates) continue;
    throw new HoldfastError(
      'InvalidRecord',
      `fleet ${name}: found settings of version ${born}, expected one of the newest ${mostUpdates} of ${newest.version}, because Parameter Store forgets it after 100 and its instances could not launch any more; deploy the service with "replace": true`,
    );
  }
}
