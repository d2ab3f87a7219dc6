import { balancer, ec2, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { createFleet } from '../lib/rollout/actions/create-fleet.ts';
import { claimForRollout } from '../lib/rollout/actions/ownership.ts';
import { viewCandidate } from '../lib/rollout/actions/service-view.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';
import type { Started, StepEvent } from '../lib/rollout/contract.ts';
import { startWait } from '../lib/rollout/decisions/finding.ts';

/**
 * Creates the candidate's fleet beside the live one, at the desired size of the live one. It gets no scaling policy
 * yet, because it has no traffic to scale by. A second run creates nothing.
 */
export async function boot(
  event: StepEvent,
  deps: StepContext<'parameters' | 'groups' | 'templates' | 'balancer'>,
): Promise<Started> {
  const owner = await claimForRollout(deps, event);
  await owner.noteStep('boot');
  const { candidate, settings, need } = await viewCandidate(deps, owner);
  await createFleet(deps, owner, {
    name: candidate.fleet,
    colour: candidate.colour,
    record: candidate.record,
    settings,
    deployment: owner.journal.deployment,
    size: need,
  });
  const { readySeconds } = settings.settings.rollout;
  return startWait(deps.now(), readySeconds, readySeconds);
}

export const handler = onLambda(boot, (options) => ({
  ...store(options),
  ...parameters(options),
  ...groups(options),
  ...ec2(options),
  ...balancer(options),
}));
