import { balancer, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { type Hold, holdForRollout } from '../lib/rollout/actions/ownership.ts';
import { behind, lookInService, setForward } from '../lib/rollout/actions/rules.ts';
import { type Candidacy, candidacy, presentGroup } from '../lib/rollout/actions/service-view.ts';
import type { Needs } from '../lib/rollout/actions/step-context.ts';
import { targetGroupOf } from '../lib/rollout/actions/target-group.ts';
import type { Answer, CheckEvent } from '../lib/rollout/contract.ts';
import { answer } from '../lib/rollout/decisions/finding.ts';
import { raise } from '../lib/rollout/decisions/needed.ts';
import { allTo } from '../lib/rollout/decisions/weights.ts';

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
