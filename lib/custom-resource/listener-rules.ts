import { type DeleteServiceDeps, deleteService } from './delete-service.ts';
import { type EnsureRulesDeps, ensureRules } from './ensure-rules.ts';
import type { Resource } from './protocol.ts';
import { type RemoveRouteDeps, removeRoute } from './remove-route.ts';
import { parseProperties } from './routing.ts';

export type ListenerRulesDeps = EnsureRulesDeps & RemoveRouteDeps & DeleteServiceDeps;

/**
 * A service behind the listeners. Create and update make the rules that are missing and set conditions and priority;
 * the actions of a rule that stands are the workflow's. Delete ends the service: traffic, fleets, target groups.
 */
export function listenerRules(deps: ListenerRulesDeps): Resource {
  return async ({ type, properties, old }) => {
    const wanted = parseProperties(properties);
    const id = `holdfast-${wanted.environment}-${wanted.service}`;
    if (type === 'Delete') await deleteService(deps, wanted);
    else if (wanted.routing) return { id, attributes: await ensureRules(deps, wanted, wanted.routing) };
    else if (old) await removeRoute(deps, parseProperties(old));
    return { id };
  };
}
