import { balancer, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { claimForRollout } from '../lib/rollout/actions/ownership.ts';
import { balancerOf, lookInService } from '../lib/rollout/actions/rules.ts';
import { raiseFleet, requireFleet, viewCandidate } from '../lib/rollout/actions/service-view.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';
import type { Answer, CheckEvent } from '../lib/rollout/contract.ts';
import { answerFor, extendWait, notReady } from '../lib/rollout/decisions/finding.ts';

/** Whether the load balancer finds as many targets of the candidate healthy as the live fleet would need now. */
export async function checkInService(
  event: CheckEvent,
  deps: StepContext<'parameters' | 'groups' | 'balancer'>,
): Promise<Answer> {
  const owner = await claimForRollout(deps, event);
  const view = await viewCandidate(deps, owner);
  const group = requireFleet(view);
  const { settings } = view.settings;
  const { pollSeconds: poll, readySeconds, inServiceSeconds } = settings.rollout;
  const look = { now: deps.now(), poll, error: 'NotInService' } as const;
  if (await raiseFleet(deps, owner, group, view.need)) {
    const wait = extendWait(event.wait, look.now, readySeconds + inServiceSeconds);
    return answerFor(notReady(`fleet ${group.name} grows to ${view.need} instances`), wait, look);
  }
  const targetGroup = balancerOf(settings).targetGroups[view.candidate.colour];
  return answerFor(await lookInService(deps, group, targetGroup, view.need), event.wait, look);
}

export const handler = onLambda(checkInService, (options) => ({
  ...store(options),
  ...parameters(options),
  ...groups(options),
  ...balancer(options),
}));
