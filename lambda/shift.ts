import { balancer, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { claimForRollout, type JournalOwner } from '../lib/rollout/actions/ownership.ts';
import { balancerOf, lookInService, setForward } from '../lib/rollout/actions/rules.ts';
import { type CandidateView, requireFleet, viewCandidate } from '../lib/rollout/actions/service-view.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';
import { targetGroupOf } from '../lib/rollout/actions/target-group.ts';
import type { Answer, CheckEvent } from '../lib/rollout/contract.ts';
import { answerFor } from '../lib/rollout/decisions/finding.ts';
import { raisedLimits } from '../lib/rollout/decisions/needed.ts';
import { allToOneOf } from '../lib/rollout/decisions/weights.ts';

type StepNeeds = StepContext<'parameters' | 'groups' | 'balancer'>;

/**
 * Moves all traffic to the candidate at once. First raises the old fleet's minimum to its present size: scaling would
 * empty a fleet without traffic, and this fleet is the way back. Then checks health once more, right before the
 * weights move. A live fleet that grew meanwhile sends the deployment back to waiting.
 */
export async function shift(event: CheckEvent, deps: StepNeeds): Promise<Answer> {
  const owner = await claimForRollout(deps, event);
  await owner.noteStep('shift');
  await keepLive(deps, owner, await viewCandidate(deps, owner));
  const view = await viewCandidate(deps, owner);
  const group = requireFleet(view);
  const { rule, targetGroups } = balancerOf(view.settings.settings);
  const candidateGroup = targetGroups[view.candidate.colour];
  const poll = view.settings.settings.rollout.pollSeconds;
  const serving = await targetGroupOf(deps, view.live);
  const finding = await lookInService(deps, group, candidateGroup, view.need);
  if (finding.ready) await setForward(deps, owner, rule, allToOneOf(candidateGroup, [serving]));
  return answerFor(finding, event.wait, { now: deps.now(), poll, error: 'NotInService' });
}

async function keepLive(deps: StepNeeds, owner: JournalOwner, { live }: CandidateView): Promise<void> {
  if (!live || !raisedLimits(live, live.desired)) return;
  await owner.act(() => deps.groups.resize(live.name, { min: live.desired }));
}

export const handler = onLambda(shift, (options) => ({
  ...store(options),
  ...parameters(options),
  ...groups(options),
  ...balancer(options),
}));
