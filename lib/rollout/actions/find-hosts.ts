import { hostsName } from '../../config/resource-names.ts';
import type { Fleet } from '../decisions/fleet.ts';
import type { Adapters } from './step-context.ts';

/**
 * The fleet of hosts that record. Its name never changes, so it is asked for by name. A fleet that the workflow left
 * behind takes its place until somebody deletes it.
 */
export async function findHosts(
  { groups, environment }: Pick<Adapters, 'groups' | 'environment'>,
  service: string,
): Promise<Fleet | undefined> {
  const named = await groups.get(hostsName(environment, service));
  const fleets = named ? [named] : await groups.list(environment, service);
  return fleets.find(({ deleting }) => !deleting);
}
