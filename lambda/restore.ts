import { balancer, groups, machines, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { type Hold, holdForSettle } from '../lib/rollout/actions/ownership.ts';
import { remake } from '../lib/rollout/actions/recreate-fleet.ts';
import { bringTraffic, forgetTraffic } from '../lib/rollout/actions/return-traffic.ts';
import { type Situation, situation } from '../lib/rollout/actions/service-view.ts';
import { newestRecord, publishCommit } from '../lib/rollout/actions/settings.ts';
import { applyScaling, applySizes, applyWarmPool, shrinksTooSoon } from '../lib/rollout/actions/sizes.ts';
import type { Needs } from '../lib/rollout/actions/step-context.ts';
import type { Answer, StepEvent } from '../lib/rollout/contract.ts';
import { answer, type Finding, notReady, ready, started } from '../lib/rollout/decisions/finding.ts';

type StepNeeds = Needs<'parameters' | 'groups' | 'policies' | 'warmPools' | 'templates' | 'balancer'>;

/**
 * Begins the way back to the record. A commit that stands in the journal is published first. Then the recorded fleet
 * gets all traffic, once it has the healthy targets for it, and the sizes, scaling targets and warm pool that are configured.
 * From here on no step of the rollout may act any more.
 */
export async function restore(event: StepEvent, deps: StepNeeds): Promise<Answer> {
  const hold = await holdForSettle(deps, event, ['rollout', 'settle']);
  await begin(deps, hold);
  await publishCommit(deps, hold);
  const view = await situation(deps, hold);
  const { restoreSeconds, pollSeconds: poll } = view.newest.settings.rollout;
  const wait = started(Date.parse(hold.journal.settling ?? hold.journal.since), restoreSeconds);
  const now = deps.now();
  const finding = await bringBack(deps, hold, view, now >= Date.parse(wait.deadline));
  return answer(finding, wait, { now, poll, error: 'SettleOverdue' });
}

async function begin(deps: StepNeeds, hold: Hold): Promise<void> {
  const { service, settling, deployed } = hold.journal;
  if (settling !== undefined) return;
  // A journal that knows no record does not mean that there is none: the deployment may have ended before it looked.
  const recorded = deployed === undefined ? await newestRecord(deps, service, undefined) : undefined;
  await hold.note((journal) => ({
    ...journal,
    phase: 'settle',
    step: 'restore',
    settling: new Date(deps.now()).toISOString(),
    ...(recorded && { deployed: recorded.version }),
  }));
}

async function bringBack(deps: StepNeeds, hold: Hold, view: Situation, late: boolean): Promise<Finding> {
  if (!view.recorded) {
    await forgetTraffic(deps, hold, view);
    return ready;
  }
  if (!view.serving) {
    const name = await remake(deps, hold, view, view.recorded);
    return notReady(`the recorded fleet ${name} was gone and is being made again`);
  }
  const finding = await bringTraffic(deps, hold, view, view.serving, late);
  if (!finding.ready) return finding;
  const tooSoon = await shrinksTooSoon(deps, view, view.serving);
  if (tooSoon && !late)
    return notReady(`${view.serving.name} is to become smaller and has instances on their way`);
  // Late, the journal must be free for a repair: the sweep finds the sizes, and settles again.
  if (!tooSoon) await applySizes(deps, hold, view, view.serving);
  await applyScaling(deps, hold, view, view.serving);
  await applyWarmPool(deps, hold, view, view.serving);
  return ready;
}

export const handler = onLambda(restore, (around) => ({
  ...store(around),
  ...parameters(around),
  ...groups(around),
  ...machines(around),
  ...balancer(around),
}));
