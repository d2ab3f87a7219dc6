import { forceSeconds } from '../lib/config/rollout-times.ts';
import { balancer, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { endFleet } from '../lib/rollout/actions/end-fleet.ts';
import { claimForSettle } from '../lib/rollout/actions/ownership.ts';
import { setForward } from '../lib/rollout/actions/rules.ts';
import { viewService } from '../lib/rollout/actions/service-view.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';
import { presentPair, refuseTraffic, targetGroupsOf } from '../lib/rollout/actions/target-groups.ts';
import type { Started, StepEvent } from '../lib/rollout/contract.ts';
import { startWait } from '../lib/rollout/decisions/finding.ts';
import { allToOneOf } from '../lib/rollout/decisions/weights.ts';

/**
 * Scales every fleet but the recorded one to zero, through its hooks. Removes drained target groups of older settings
 * from the test rule.
 */
export async function terminate(
  event: StepEvent,
  deps: StepContext<'parameters' | 'groups' | 'warmPools' | 'lifecycle' | 'balancer'>,
): Promise<Started> {
  const owner = await claimForSettle(deps, event);
  await owner.noteStep('terminate');
  const view = await viewService(deps, owner);
  const { recorded } = await targetGroupsOf(deps, view);
  await refuseTraffic(deps, view, recorded);
  const { balancer } = view.newest.settings;
  if (balancer && recorded) {
    // The idle group stays in the test rule: one that no rule names looks like a leftover to tools that clean up.
    await setForward(deps, owner, balancer.testRule, allToOneOf(recorded, await presentPair(deps, balancer)));
  }
  for (const group of view.others) await endFleet(deps, owner, group);
  return startWait(deps.now(), view.newest.settings.rollout.terminateSeconds, forceSeconds);
}

export const handler = onLambda(terminate, (options) => ({
  ...store(options),
  ...parameters(options),
  ...groups(options),
  ...balancer(options),
}));
