import { type DeleteServiceDeps, deleteService } from './delete-service.ts';
import { type EnsureRulesDeps, ensureRules } from './ensure-rules.ts';
import type { DeletedResource, Resource } from './protocol.ts';
import { removeRoute } from './remove-route.ts';
import { parseProperties, type RoutedService } from './routing.ts';
import { isStackEnding } from './stack-end.ts';
import { type WithdrawDeps, withdraw } from './withdraw.ts';

export type ListenerRulesDeps = EnsureRulesDeps & DeleteServiceDeps & WithdrawDeps;

/**
 * A service behind the listeners. Create and update create missing rules and set conditions and priority; the actions
 * of an existing rule belong to the workflow. Delete ends the service (traffic, fleets, target groups) while the
 * whole stack is being deleted, and at no other time.
 */
export function listenerRules(deps: ListenerRulesDeps): Resource {
  return async (request) => {
    const wanted = parseProperties(request.properties);
    const id = `holdfast-${wanted.environment}-${wanted.service}`;
    if (request.type === 'Delete') await remove(deps, wanted, request, id);
    else if (wanted.routing) return { id, attributes: await ensureRules(deps, wanted, wanted.routing) };
    else if (request.old) await removeRoute(deps, parseProperties(request.old));
    return { id };
  };
}

/** A resource whose creation failed has another id: it owns nothing that stands for the service. */
async function remove(
  deps: ListenerRulesDeps,
  service: RoutedService,
  deleted: DeletedResource,
  id: string,
): Promise<void> {
  if (deleted.id === id && (await isStackEnding(deps, deleted))) await deleteService(deps, service);
  else await withdraw(deps, service, deleted, id);
}
