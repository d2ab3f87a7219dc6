import { onLambda } from '../lib/aws/on-lambda.ts';
import { answer } from '../lib/rollout/answer.ts';
import type { Answer, CheckEvent } from '../lib/rollout/contract.ts';
import { drainPoll, judgeDrained } from '../lib/rollout/drain.ts';
import type { Deps } from '../lib/steps/deps.ts';
import { holdForSettle } from '../lib/steps/hold.ts';
import { targetGroupsOf } from '../lib/steps/rest.ts';
import { situation } from '../lib/steps/situation.ts';

/** Whether the target groups of the leaving fleets are empty. Only looks. */
export async function checkDrained(event: CheckEvent, deps: Deps): Promise<Answer> {
  const hold = await holdForSettle(deps, event);
  const view = await situation(deps, hold);
  const { rest } = await targetGroupsOf(deps, view);
  const targets = await Promise.all(rest.map((targetGroup) => deps.balancer.targets(targetGroup)));
  const now = deps.now();
  const poll = drainPoll(view.newest.settings.rollout.pollSeconds, event.wait.deadline, now);
  return answer(judgeDrained(targets.flat()), event.wait, { now, poll, error: 'SettleOverdue' });
}

export const handler = onLambda(checkDrained);
