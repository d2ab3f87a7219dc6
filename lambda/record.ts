import { balancer, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { HoldfastError } from '../lib/release/errors.ts';
import { recordOfCandidate } from '../lib/rollout/actions/candidate-record.ts';
import { claimForRollout } from '../lib/rollout/actions/ownership.ts';
import { balancerOf, readSettledRule } from '../lib/rollout/actions/rules.ts';
import { type CandidateView, requireFleet, viewCandidate } from '../lib/rollout/actions/service-view.ts';
import { publishCommit } from '../lib/rollout/actions/settings.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';
import type { StepEvent } from '../lib/rollout/contract.ts';
import type { Forward } from '../lib/rollout/decisions/fleet.ts';
import { describeForward, share } from '../lib/rollout/decisions/weights.ts';

type StepNeeds = StepContext<'parameters' | 'groups' | 'balancer'>;

/**
 * The commit point. The new record goes into the journal first: from then on settle rolls forward to it. Then it is
 * published to `deployed`. A release is recorded only if it carries all traffic and its fleet exists.
 */
export async function record(event: StepEvent, deps: StepNeeds): Promise<void> {
  const owner = await claimForRollout(deps, event);
  if (!owner.journal.commit) {
    const view = await viewCandidate(deps, owner);
    requireFleet(view);
    await refuseWithoutTraffic(deps, view);
    const committed = await recordOfCandidate(deps, view.candidate, owner.journal.reason);
    await owner.note((journal) => ({ ...journal, step: 'record', commit: { record: committed } }));
  }
  await publishCommit(deps, owner);
}

async function refuseWithoutTraffic(deps: StepNeeds, { candidate, settings }: CandidateView): Promise<void> {
  if (!settings.settings.balancer) return;
  const { rule, targetGroups } = balancerOf(settings.settings);
  const isMoved = ({ forward }: { forward: Forward }) => share(forward, targetGroups[candidate.colour]) === 1;
  const action = await readSettledRule(deps, rule, isMoved);
  if (isMoved(action)) return;
  throw new HoldfastError(
    'NotInService',
    `rule ${rule} forwards to ${describeForward(action.forward)}, expected all traffic on ${candidate.colour}; someone changed it after the shift, deploy again`,
  );
}

export const handler = onLambda(record, (options) => ({
  ...store(options),
  ...parameters(options),
  ...groups(options),
  ...balancer(options),
}));
