import { hostsName } from '../../config/resource-names.ts';
import type { Settings } from '../../config/settings.ts';
import type { Fleet } from '../decisions/fleet.ts';
import { recordedFleet } from '../decisions/recorded-fleet.ts';
import { driftOf } from '../decisions/sweep.ts';
import { poolChange } from '../decisions/warm-pool.ts';
import { describeForward, goesAllTo } from '../decisions/weights.ts';
import { isAlive, type Journal } from '../journal.ts';
import { findHosts } from './find-hosts.ts';
import { readRule } from './rules.ts';
import { findSettings, newestRecord } from './settings.ts';
import { policyChanges } from './sizes.ts';
import type { StepContext } from './step-context.ts';
import { targetGroupOf } from './target-group.ts';

type DriftNeeds = StepContext<'parameters' | 'groups' | 'policies' | 'executions' | 'balancer'>;

/** Why a service has to be settled; `undefined` when nothing was left behind and reality is the record. */
export async function reasonToSettle(deps: DriftNeeds, journal: Journal): Promise<string | undefined> {
  if (journal.state === 'open') {
    const status = await deps.executions.status(journal.execution);
    if (isAlive(journal, status, deps.now())) return undefined;
    return `execution of deployment ${journal.deployment} ended (${status ?? 'unknown'}) without settling`;
  }
  return readDrift(deps, journal);
}

/** How reality differs from the record of a service at rest. */
export async function readDrift(
  deps: StepContext<'parameters' | 'groups' | 'policies' | 'balancer'>,
  { service, deployed }: Pick<Journal, 'service' | 'deployed'>,
): Promise<string | undefined> {
  const found = await findSettings(deps, service);
  // A service whose stack was deleted has no state to return to.
  if (!found) return undefined;
  const { capacity, warmPool } = found.settings;
  if (found.settings.record === 'instances') return driftOfHosts(deps, found.settings);
  // Read after the journal, so that fleets which a deployment has ended since are not seen.
  const fleets = await deps.groups.list(deps.environment, service);
  const recorded = await newestRecord(deps, service, deployed);
  if (!recorded) {
    const traffic = await trafficElsewhere(deps, found.settings, undefined);
    return driftOf({ recorded: undefined, others: fleets, capacity, traffic });
  }
  const group = recordedFleet(recorded.record, fleets, undefined);
  const changes = group && (await policyChanges(deps, found.settings, group));
  return driftOf({
    recorded: { name: recorded.record.fleet ?? `of deployment ${recorded.record.deployment}`, group },
    others: fleets.filter(({ name }) => name !== group?.name),
    capacity,
    policiesDiffer: changes !== undefined && changes.put.length + changes.remove.length > 0,
    traffic: group && (await trafficElsewhere(deps, found.settings, group)),
    poolDiffers: group !== undefined && poolChange(group.warmPool, warmPool) !== undefined,
  });
}

/** The production weights in words, unless all are on a fleet; a fleet that no rule can reach gets none. */
async function trafficElsewhere(
  deps: StepContext<'parameters' | 'balancer'>,
  { balancer }: Settings,
  fleet: Fleet | undefined,
): Promise<string | undefined> {
  if (!balancer) return undefined;
  const targetGroup = await targetGroupOf(deps, fleet);
  const { forward } = await readRule(deps, balancer.rule);
  return goesAllTo(forward, targetGroup) ? undefined : describeForward(forward);
}

/** Where the instances record, only sizes are compared. */
async function driftOfHosts(
  deps: StepContext<'parameters' | 'groups' | 'policies'>,
  settings: Settings,
): Promise<string | undefined> {
  const { environment, service, capacity } = settings;
  const group = await findHosts(deps, service);
  const changes = group && (await policyChanges(deps, settings, group));
  return driftOf({
    recorded: { name: hostsName(environment, service), group },
    others: [],
    capacity,
    policiesDiffer: changes !== undefined && changes.put.length + changes.remove.length > 0,
  });
}
