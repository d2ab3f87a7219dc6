import type { RuleAction } from '../../aws/balancer.ts';
import type { Balancer as Behind } from '../../config/settings.ts';
import { type Finding, notReady, ready } from '../decisions/finding.ts';
import type { Fleet } from '../decisions/fleet.ts';
import { healthyCount, judgeInService, judgeRunning } from '../decisions/in-service.ts';
import { instancesInService } from '../decisions/lifecycle.ts';
import { neededInstances } from '../decisions/needed.ts';
import { allToOne, allToOneOf, share } from '../decisions/weights.ts';
import type { JournalOwner } from './ownership.ts';
import { readRule, setForward } from './rules.ts';
import { raiseFleet, type ServiceView } from './service-view.ts';
import type { StepContext } from './step-context.ts';
import { targetGroupOf } from './target-group.ts';

type TrafficNeeds = StepContext<'balancer' | 'groups' | 'parameters'>;

/**
 * Puts all traffic on the recorded fleet, once it has the healthy targets to carry it; sizes it first. Fleets that would
 * be ended next are not given up while they alone are healthy, unless they carry nothing and time is over.
 */
export async function returnTraffic(
  deps: TrafficNeeds,
  owner: JournalOwner,
  view: ServiceView,
  serving: Fleet,
  late: boolean,
): Promise<Finding> {
  const { balancer, capacity } = view.newest.settings;
  const targetGroup = await targetGroupOf(deps, serving);
  // What it serves with now is enough to go on: configured sizes that are larger come after.
  const kept = Math.min(capacity.min, serving.desired);
  if (!balancer || !targetGroup) return keepRunning(view, serving, kept);
  const action = await readRule(deps, balancer.rule);
  const others = await otherFleets(deps, view, action);
  if (share(action.forward, targetGroup) === 1)
    return keepHealthy(deps, { serving, targetGroup, others, need: kept, late });
  return moveBack(deps, owner, {
    balancer,
    action,
    serving,
    targetGroup,
    need: needOf(capacity.min, others),
  });
}

/** The rules of a service that was never deployed: no production, tests to the first colour. */
export async function forgetTraffic(
  deps: TrafficNeeds,
  owner: JournalOwner,
  { newest }: ServiceView,
): Promise<void> {
  const { balancer } = newest.settings;
  if (!balancer) return;
  await setForward(deps, owner, balancer.rule, []);
  await setForward(deps, owner, balancer.testRule, allToOne(balancer.targetGroups.blue));
}

interface OtherFleet {
  group: Fleet;
  targetGroup: string | undefined;
  /** Its part of the production traffic. */
  share: number;
}

async function otherFleets(
  deps: TrafficNeeds,
  { others }: ServiceView,
  action: RuleAction,
): Promise<OtherFleet[]> {
  return Promise.all(
    others.map(async (group) => {
      const targetGroup = await targetGroupOf(deps, group);
      return { group, targetGroup, share: share(action.forward, targetGroup) };
    }),
  );
}

/** As many as configured, and as many as the fleet that carries the traffic now was asked to have. */
function needOf(min: number, others: readonly OtherFleet[]): number {
  const carrying = others.filter((other) => other.share > 0).map(({ group }) => group.desired);
  return neededInstances(min, Math.max(0, ...carrying));
}

interface Move {
  balancer: Behind;
  action: RuleAction;
  serving: Fleet;
  targetGroup: string;
  need: number;
}

async function moveBack(deps: TrafficNeeds, owner: JournalOwner, move: Move): Promise<Finding> {
  const { balancer, action, serving, targetGroup, need } = move;
  if (await raiseFleet(deps, owner, serving, need))
    return notReady(
      `the recorded fleet ${serving.name} has to grow to ${need} instances before it gets the traffic`,
    );
  // A target group that no rule names is not checked: its fleet could never become healthy.
  const present = action.forward.map(({ targetGroup }) => targetGroup);
  if (!present.includes(targetGroup)) await setForward(deps, owner, balancer.testRule, allToOne(targetGroup));
  const finding = judgeInService(serving, await deps.balancer.targets(targetGroup), need);
  if (finding.ready)
    await owner.act(() => deps.balancer.forward(balancer.rule, allToOneOf(targetGroup, present)));
  return finding;
}

interface Keep {
  serving: Fleet;
  targetGroup: string;
  others: readonly OtherFleet[];
  need: number;
  late: boolean;
}

async function keepHealthy(
  deps: TrafficNeeds,
  { serving, targetGroup, others, need, late }: Keep,
): Promise<Finding> {
  const finding = judgeInService(serving, await deps.balancer.targets(targetGroup), need);
  // What carries no traffic takes nothing away when it goes: late, the journal must be free for a repair.
  if (finding.ready || late) return ready;
  const healthy = await Promise.all(
    others.map(async ({ group, targetGroup }) =>
      targetGroup ? healthyCount(group, await deps.balancer.targets(targetGroup)) : 0,
    ),
  );
  return healthy.some((count) => count > 0) ? finding : ready;
}

/** Behind no load balancer every instance in service does its work: the last ones are kept. */
function keepRunning({ others }: ServiceView, serving: Fleet, need: number): Finding {
  const finding = judgeRunning(serving, need);
  const elsewhere = others.some(({ instances }) => instancesInService(instances).length > 0);
  return elsewhere ? finding : ready;
}
