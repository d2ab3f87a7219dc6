import { balancer, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { holdForRollout } from '../lib/rollout/actions/ownership.ts';
import { behind, setForward } from '../lib/rollout/actions/rules.ts';
import { candidacy } from '../lib/rollout/actions/service-view.ts';
import type { Needs } from '../lib/rollout/actions/step-context.ts';
import { targetGroupOf } from '../lib/rollout/actions/target-group.ts';
import type { Started, StepEvent } from '../lib/rollout/contract.ts';
import { started } from '../lib/rollout/decisions/finding.ts';
import { allTo, only } from '../lib/rollout/decisions/weights.ts';

/**
 * Puts the candidate's target group into the rules: the load balancer checks no target group that no rule names.
 * All test traffic goes to the candidate, none of production.
 */
export async function register(
  event: StepEvent,
  deps: Needs<'parameters' | 'groups' | 'balancer'>,
): Promise<Started> {
  const hold = await holdForRollout(deps, event);
  await hold.reach('register');
  const { candidate, settings, live } = await candidacy(deps, hold);
  const { rule, testRule, targetGroups } = behind(settings.settings);
  const own = targetGroups[candidate.colour];
  await setForward(deps, hold, testRule, only(own));
  const serving = await targetGroupOf(deps, live);
  if (serving) await setForward(deps, hold, rule, allTo(serving, [own]));
  const { inServiceSeconds, readySeconds } = settings.settings.rollout;
  return started(deps.now(), inServiceSeconds, readySeconds);
}

export const handler = onLambda(register, (around) => ({
  ...store(around),
  ...parameters(around),
  ...groups(around),
  ...balancer(around),
}));
