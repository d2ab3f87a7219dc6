import { balancer, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { claimForRollout } from '../lib/rollout/actions/ownership.ts';
import { balancerOf, setForward } from '../lib/rollout/actions/rules.ts';
import { viewCandidate } from '../lib/rollout/actions/service-view.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';
import { targetGroupOf } from '../lib/rollout/actions/target-group.ts';
import type { Started, StepEvent } from '../lib/rollout/contract.ts';
import { startWait } from '../lib/rollout/decisions/finding.ts';
import { allToOne, allToOneOf } from '../lib/rollout/decisions/weights.ts';

/**
 * Puts the candidate's target group into the rules, because the load balancer checks no target group outside of them.
 * The candidate gets all test traffic and no production traffic.
 */
export async function register(
  event: StepEvent,
  deps: StepContext<'parameters' | 'groups' | 'balancer'>,
): Promise<Started> {
  const owner = await claimForRollout(deps, event);
  await owner.noteStep('register');
  const { candidate, settings, live } = await viewCandidate(deps, owner);
  const { rule, testRule, targetGroups } = balancerOf(settings.settings);
  const candidateGroup = targetGroups[candidate.colour];
  await setForward(deps, owner, testRule, allToOne(candidateGroup));
  const serving = await targetGroupOf(deps, live);
  if (serving) await setForward(deps, owner, rule, allToOneOf(serving, [candidateGroup]));
  const { inServiceSeconds, readySeconds } = settings.settings.rollout;
  return startWait(deps.now(), inServiceSeconds, readySeconds);
}

export const handler = onLambda(register, (options) => ({
  ...store(options),
  ...parameters(options),
  ...groups(options),
  ...balancer(options),
}));
