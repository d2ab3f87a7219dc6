import type { DeletedResource } from './protocol.ts';
import { fleetsBehind, type RemoveRouteDeps } from './remove-route.ts';
import { removeRules } from './remove-rules.ts';
import type { RoutedService } from './routing.ts';
import { hasSuccessor, type StackEndDeps } from './stack-end.ts';

export type WithdrawDeps = RemoveRouteDeps & StackEndDeps;

/**
 * Handles a Delete while the stack lives on. Fleets stay. So do rules that a fleet stands behind or that another
 * resource of the stack took over. Rules that nobody needs are removed.
 */
export async function withdraw(
  deps: WithdrawDeps,
  service: RoutedService,
  deleted: DeletedResource,
  id: string,
): Promise<void> {
  if (!service.routing) return;
  if ((await fleetsBehind(deps, service)).length > 0) return;
  if (await hasSuccessor(deps, deleted, id)) return;
  await removeRules(deps.rules, service, service.routing);
}
