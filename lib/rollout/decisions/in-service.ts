import { type Finding, notReady, ready } from './finding.ts';
import type { Fleet, Target } from './fleet.ts';
import { instancesInService } from './lifecycle.ts';

type Named = Pick<Fleet, 'name' | 'instances'>;
type Seen = Pick<Target, 'id' | 'state' | 'reason'>;

/** Number of a fleet's instances in service that the load balancer finds healthy. */
export function healthyCount(fleet: Named, targets: readonly Seen[]): number {
  const healthy = new Set(targets.filter(({ state }) => state === 'healthy').map(({ id }) => id));
  return instancesInService(fleet.instances).filter(({ id }) => healthy.has(id)).length;
}

/** Whether a fleet has enough healthy targets to carry the traffic: the needed number, and at least one. */
export function judgeInService(fleet: Named, targets: readonly Seen[], needed: number): Finding {
  const healthy = healthyCount(fleet, targets);
  const least = Math.max(1, needed);
  if (healthy >= least) return ready;
  const others = targets
    .filter(({ state }) => state !== 'healthy')
    .map(({ id, state, reason }) => `${id} ${state}${reason ? ` (${reason})` : ''}`);
  return notReady(
    `fleet ${fleet.name} has ${healthy} healthy targets, ${least} are needed${listSome(others)}`,
  );
}

/** The same for a fleet without a load balancer, by instances in service. */
export function judgeRunning(fleet: Named, needed: number): Finding {
  const running = instancesInService(fleet.instances).length;
  const least = Math.max(1, needed);
  if (running >= least) return ready;
  const others = fleet.instances
    .filter(({ lifecycle }) => lifecycle !== 'InService')
    .map(({ id, lifecycle }) => `${id} ${lifecycle}`);
  return notReady(
    `fleet ${fleet.name} has ${running} instances in service, ${least} are needed${listSome(others)}`,
  );
}

/** Lists at most five: a cause stays a sentence. */
function listSome(parts: readonly string[]): string {
  if (parts.length === 0) return '';
  const more = parts.length > 5 ? ` and ${parts.length - 5} more` : '';
  return `: ${parts.slice(0, 5).join(', ')}${more}`;
}
