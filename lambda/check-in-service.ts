import { balancer, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { holdForRollout } from '../lib/rollout/actions/ownership.ts';
import { behind, lookInService } from '../lib/rollout/actions/rules.ts';
import { candidacy, presentGroup, raiseFleet } from '../lib/rollout/actions/service-view.ts';
import type { Needs } from '../lib/rollout/actions/step-context.ts';
import type { Answer, CheckEvent } from '../lib/rollout/contract.ts';
import { answer, extended, notReady } from '../lib/rollout/decisions/finding.ts';

/** Whether the load balancer finds as many targets of the candidate healthy as the live fleet would need now. */
export async function checkInService(
  event: CheckEvent,
  deps: Needs<'parameters' | 'groups' | 'balancer'>,
): Promise<Answer> {
  const hold = await holdForRollout(deps, event);
  const view = await candidacy(deps, hold);
  const group = presentGroup(view);
  const { settings } = view.settings;
  const { pollSeconds: poll, readySeconds, inServiceSeconds } = settings.rollout;
  const look = { now: deps.now(), poll, error: 'NotInService' } as const;
  if (await raiseFleet(deps, hold, group, view.need)) {
    const wait = extended(event.wait, look.now, readySeconds + inServiceSeconds);
    return answer(notReady(`fleet ${group.name} grows to ${view.need} instances`), wait, look);
  }
  const targetGroup = behind(settings).targetGroups[view.candidate.colour];
  return answer(await lookInService(deps, group, targetGroup, view.need), event.wait, look);
}

export const handler = onLambda(checkInService, (around) => ({
  ...store(around),
  ...parameters(around),
  ...groups(around),
  ...balancer(around),
}));
