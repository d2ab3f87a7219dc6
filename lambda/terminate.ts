import { forceSeconds } from '../lib/config/rollout-times.ts';
import { balancer, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { endFleet } from '../lib/rollout/actions/end-fleet.ts';
import { holdForSettle } from '../lib/rollout/actions/ownership.ts';
import { setForward } from '../lib/rollout/actions/rules.ts';
import { situation } from '../lib/rollout/actions/service-view.ts';
import type { Needs } from '../lib/rollout/actions/step-context.ts';
import { refuseTraffic, targetGroupsOf } from '../lib/rollout/actions/target-groups.ts';
import type { Started, StepEvent } from '../lib/rollout/contract.ts';
import { started } from '../lib/rollout/decisions/finding.ts';
import { only } from '../lib/rollout/decisions/weights.ts';

/**
 * Scales every fleet but the recorded one to nothing, through its hooks. What has drained leaves the test rule, where it
 * stood to drain.
 */
export async function terminate(
  event: StepEvent,
  deps: Needs<'parameters' | 'groups' | 'warmPools' | 'lifecycle' | 'balancer'>,
): Promise<Started> {
  const hold = await holdForSettle(deps, event);
  await hold.reach('terminate');
  const view = await situation(deps, hold);
  const { own } = await targetGroupsOf(deps, view);
  await refuseTraffic(deps, view, own);
  const { balancer } = view.newest.settings;
  if (balancer && own) await setForward(deps, hold, balancer.testRule, only(own));
  for (const group of view.others) await endFleet(deps, hold, group);
  return started(deps.now(), view.newest.settings.rollout.terminateSeconds, forceSeconds);
}

export const handler = onLambda(terminate, (around) => ({
  ...store(around),
  ...parameters(around),
  ...groups(around),
  ...balancer(around),
}));
