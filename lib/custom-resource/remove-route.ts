import type { Groups } from '../aws/groups.ts';
import type { Rules } from '../aws/rules.ts';
import { HoldfastError } from '../release/errors.ts';
import type { Fleet } from '../rollout/decisions/fleet.ts';
import { removeRules } from './remove-rules.ts';
import type { RoutedService } from './routing.ts';

export interface RemoveRouteDeps {
  rules: Rules;
  groups: Groups;
}

/** Removes the rules of a service that lost its route, unless a fleet serves behind them. */
export async function removeRoute(deps: RemoveRouteDeps, before: RoutedService): Promise<void> {
  const { service, routing } = before;
  if (!routing) return;
  const serving = await fleetsBehind(deps, before);
  if (serving.length > 0) {
    throw new HoldfastError(
      'InvalidInput',
      `service ${service}: its route cannot be removed while ${serving.map(({ name }) => name).join(', ')} serves behind it; put the route back, or delete the service's stack and create it again`,
    );
  }
  await removeRules(deps.rules, before, routing);
}

/** Fleets that stand behind the load balancer. */
export async function fleetsBehind(
  { groups }: Pick<RemoveRouteDeps, 'groups'>,
  { environment, service }: RoutedService,
): Promise<Fleet[]> {
  return (await groups.list(environment, service)).filter(({ targetGroups }) => targetGroups.length > 0);
}
