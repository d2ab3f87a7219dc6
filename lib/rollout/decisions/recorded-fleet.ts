import { HoldfastError } from '../../release/errors.ts';
import type { DeployedRecord } from '../../release/record.ts';
import type { Fleet } from './fleet.ts';

/**
 * The fleet that the record names. A record without a fleet name means the one fleet that is not the candidate's; two
 * such fleets are refused. `undefined`: the fleet is gone.
 */
export function recordedFleet<T extends Pick<Fleet, 'name' | 'deleting'>>(
  record: DeployedRecord,
  fleets: readonly T[],
  candidate: string | undefined,
): T | undefined {
  const present = fleets.filter((fleet) => !fleet.deleting);
  if (record.fleet !== undefined) return present.find((fleet) => fleet.name === record.fleet);
  const possible = present.filter((fleet) => fleet.name !== candidate);
  if (possible.length <= 1) return possible[0];
  throw new HoldfastError(
    'FleetMissing',
    `the record of deployment ${record.deployment} names no fleet, and any of ${possible.map(({ name }) => name).join(', ')} could be it; delete those that do not serve`,
  );
}
