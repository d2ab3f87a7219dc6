import { balancer, groups, machines, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { createFleet } from '../lib/rollout/actions/create-fleet.ts';
import { holdForRollout } from '../lib/rollout/actions/ownership.ts';
import { candidacy } from '../lib/rollout/actions/service-view.ts';
import type { Needs } from '../lib/rollout/actions/step-context.ts';
import type { Started, StepEvent } from '../lib/rollout/contract.ts';
import { started } from '../lib/rollout/decisions/finding.ts';

/**
 * Creates the candidate's fleet beside the live one, as large as the live one is asked to be. No scaling policy yet:
 * it has no traffic to scale by. Doing it twice makes one fleet.
 */
export async function boot(
  event: StepEvent,
  deps: Needs<'parameters' | 'groups' | 'templates' | 'balancer'>,
): Promise<Started> {
  const hold = await holdForRollout(deps, event);
  await hold.reach('boot');
  const { candidate, settings, need } = await candidacy(deps, hold);
  await createFleet(deps, hold, {
    name: candidate.fleet,
    colour: candidate.colour,
    record: candidate.record,
    settings,
    deployment: hold.journal.deployment,
    size: need,
  });
  const { readySeconds } = settings.settings.rollout;
  return started(deps.now(), readySeconds, readySeconds);
}

export const handler = onLambda(boot, (around) => ({
  ...store(around),
  ...parameters(around),
  ...groups(around),
  ...machines(around),
  ...balancer(around),
}));
