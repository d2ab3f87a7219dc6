import { balancer, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { claimForSettle } from '../lib/rollout/actions/ownership.ts';
import { viewService } from '../lib/rollout/actions/service-view.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';
import { targetGroupsOf } from '../lib/rollout/actions/target-groups.ts';
import type { Answer, CheckEvent } from '../lib/rollout/contract.ts';
import { drainPoll, judgeDrained } from '../lib/rollout/decisions/drain.ts';
import { answerFor } from '../lib/rollout/decisions/finding.ts';

/** Whether the target groups of the leaving fleets are empty. Only looks. */
export async function checkDrained(
  event: CheckEvent,
  deps: StepContext<'parameters' | 'groups' | 'balancer'>,
): Promise<Answer> {
  const owner = await claimForSettle(deps, event);
  const view = await viewService(deps, owner);
  const { others: rest } = await targetGroupsOf(deps, view);
  const targets = await Promise.all(rest.map((targetGroup) => deps.balancer.targets(targetGroup)));
  const now = deps.now();
  const poll = drainPoll(view.newest.settings.rollout.pollSeconds, event.wait.deadline, now);
  return answerFor(judgeDrained(targets.flat()), event.wait, { now, poll, error: 'SettleOverdue' });
}

export const handler = onLambda(checkDrained, (options) => ({
  ...store(options),
  ...parameters(options),
  ...groups(options),
  ...balancer(options),
}));
