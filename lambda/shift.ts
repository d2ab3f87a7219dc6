import { balancer, groups, parameters, store } from '../lib/aws/connect.ts';
import { onLambda } from '../lib/aws/on-lambda.ts';
import { answer } from '../lib/rollout/answer.ts';
import type { Answer, CheckEvent } from '../lib/rollout/contract.ts';
import { raise } from '../lib/rollout/needed.ts';
import { allTo } from '../lib/rollout/weights.ts';
import { behind, lookInService, setForward } from '../lib/steps/balanced.ts';
import type { Needs } from '../lib/steps/deps.ts';
import { type Hold, holdForRollout } from '../lib/steps/hold.ts';
import { type Candidacy, candidacy, presentGroup } from '../lib/steps/situation.ts';
import { targetGroupOf } from '../lib/steps/target-group.ts';

type StepNeeds = Needs<'parameters' | 'groups' | 'balancer'>;

/**
 * Moves all traffic to the candidate, at once. The old fleet's minimum becomes its size first: without traffic its
 * scaling would empty it, and it is the way back. Then health is looked at once more, right before the weights move;
 * a live fleet that grew meanwhile sends the deployment back to wait.
 */
export async function shift(event: CheckEvent, deps: StepNeeds): Promise<Answer> {
  const hold = await holdForRollout(deps, event);
  await hold.reach('shift');
  await keepLive(deps, hold, await candidacy(deps, hold));
  const view = await candidacy(deps, hold);
  const group = presentGroup(view);
  const { rule, targetGroups } = behind(view.settings.settings);
  const own = targetGroups[view.candidate.colour];
  const poll = view.settings.settings.rollout.pollSeconds;
  const serving = await targetGroupOf(deps, view.live);
  const finding = await lookInService(deps, group, own, view.need);
  if (finding.ready) await setForward(deps, hold, rule, allTo(own, [serving]));
  return answer(finding, event.wait, { now: deps.now(), poll, error: 'NotInService' });
}

async function keepLive(deps: StepNeeds, hold: Hold, { live }: Candidacy): Promise<void> {
  if (!live || !raise(live, live.desired)) return;
  await hold.act(() => deps.groups.resize(live.name, { min: live.desired }));
}

export const handler = onLambda(shift, (around) => ({
  ...store(around),
  ...parameters(around),
  ...groups(around),
  ...balancer(around),
}));
