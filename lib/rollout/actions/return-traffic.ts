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
import { presentPair } from './target-groups.ts';

type TrafficNeeds = StepContext<'balancer' | 'groups' | 'parameters'>;

/**
 * Gives all traffic to the recorded fleet as soon as it has enough healthy targets, and sizes it first. Other fleets
 * are kept while they alone are healthy, unless they carry no traffic and time is over.
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
  // Its present size is enough to go on. A larger configured size comes later.
  const kept = Math.min(capacity.min, serving.desired);
  if (!balancer) return keepRunning(view, serving, kept);
  if (!targetGroup) {
    // Born before the service had a route: no rule can reach it.
    await forgetTraffic(deps, owner, view);
    return keepRunning(view, serving, kept);
  }
  const action = await readRule(deps, balancer.rule);
  const others = await otherFleets(deps, view, action);
  if (share(action.forward, targetGroup) === 1) {
    const finding = judgeInService(serving, await deps.balancer.targets(targetGroup), kept);
    // Clients stick to groups without weight too. On the way back this may be an old answer, from before the shift.
    if (action.sticky || (finding.ready && !owner.journal.commit && action.forward.length > 1))
      await owner.act(() => deps.balancer.forward(balancer.rule, action.forward));
    // A fleet without traffic takes nothing away when it goes. When it is late, the journal must become free for a
    // repair.
    return late ? ready : keepHealthy(deps, finding, others);
  }
  return moveBack(deps, owner, {
    balancer,
    action,
    serving,
    targetGroup,
    need: needOf(capacity.min, others),
  });
}

/**
 * Resets the rules of a service that has nothing behind the load balancer: no production traffic, test traffic to the
 * first colour.
 */
export async function forgetTraffic(
  deps: TrafficNeeds,
  owner: JournalOwner,
  { newest }: ServiceView,
): Promise<void> {
  const { balancer } = newest.settings;
  if (!balancer) return;
  await setForward(deps, owner, balancer.rule, []);
  const [first, ...others] = await presentPair(deps, balancer);
  if (first) await setForward(deps, owner, balancer.testRule, allToOneOf(first, others));
}

interface OtherFleet {
  group: Fleet;
  targetGroup: string | undefined;
  /** Its share of the production traffic. */
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

/** The configured minimum, or the desired size of the fleet that carries the traffic now, whichever is larger. */
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
  // The balancer checks no target group outside of the rules: its fleet could never become healthy.
  const present = action.forward.map(({ targetGroup }) => targetGroup);
  if (!present.includes(targetGroup)) await setForward(deps, owner, balancer.testRule, allToOne(targetGroup));
  const finding = judgeInService(serving, await deps.balancer.targets(targetGroup), need);
  if (finding.ready)
    await owner.act(() => deps.balancer.forward(balancer.rule, allToOneOf(targetGroup, present)));
  return finding;
}

/** Keeps other fleets without traffic while they alone are healthy. */
async function keepHealthy(
  deps: TrafficNeeds,
  finding: Finding,
  others: readonly OtherFleet[],
): Promise<Finding> {
  if (finding.ready) return ready;
  const healthy = await Promise.all(
    others.map(async ({ group, targetGroup }) =>
      targetGroup ? healthyCount(group, await deps.balancer.targets(targetGroup)) : 0,
    ),
  );
  return healthy.some((count) => count > 0) ? finding : ready;
}

/** Without a load balancer every instance in service does work: the last ones are kept. */
function keepRunning({ others }: ServiceView, serving: Fleet, need: number): Finding {
  const finding = judgeRunning(serving, need);
  const elsewhere = others.some(({ instances }) => instancesInService(instances).length > 0);
  return elsewhere ? finding : ready;
}
