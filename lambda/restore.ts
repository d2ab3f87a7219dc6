import { balancer, ec2, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { HoldfastError, messageOf, nameOf } from '../lib/release/errors.ts';
import { isUnavailable, tryToRead } from '../lib/rollout/actions/best-effort.ts';
import { judgeServing } from '../lib/rollout/actions/judge-serving.ts';
import { keepHosts } from '../lib/rollout/actions/keep-hosts.ts';
import { claimForSettle, type JournalOwner } from '../lib/rollout/actions/ownership.ts';
import { recreateFleet } from '../lib/rollout/actions/recreate-fleet.ts';
import { forgetTraffic, returnTraffic } from '../lib/rollout/actions/return-traffic.ts';
import { secondsForRule } from '../lib/rollout/actions/rule-wait.ts';
import { type ServiceView, viewService } from '../lib/rollout/actions/service-view.ts';
import { newestRecord, publishCommit } from '../lib/rollout/actions/settings.ts';
import { applyScaling, applySizes, applyWarmPool, shrinksTooSoon } from '../lib/rollout/actions/sizes.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';
import type { Restored, StepEvent } from '../lib/rollout/contract.ts';
import { answerFor, type Finding, notReady, ready, startWait } from '../lib/rollout/decisions/finding.ts';
import { settleCommand } from '../lib/rollout/decisions/settle-command.ts';
import type { Journal } from '../lib/rollout/journal.ts';

type StepNeeds = StepContext<'parameters' | 'groups' | 'policies' | 'warmPools' | 'templates' | 'balancer'>;

/**
 * Begins the return to the record. Publishes the journal's commit first, if it holds one. Then gives the recorded
 * fleet all traffic as soon as it has enough healthy targets, and the configured sizes, scaling targets and warm
 * pool. From here on no step of the rollout may act any more. Says how long the load balancer may still send requests
 * elsewhere.
 */
export async function restore(event: StepEvent, deps: StepNeeds): Promise<Restored> {
  const owner = await claimForSettle(deps, event, ['rollout', 'settle']);
  await begin(deps, owner);
  await publish(deps, owner);
  const view = await viewService(deps, owner);
  const { restoreSeconds, pollSeconds: poll } = view.newest.settings.rollout;
  const wait = startWait(Date.parse(owner.journal.settling ?? owner.journal.since), restoreSeconds);
  const now = deps.now();
  const isLate = now >= Date.parse(wait.deadline);
  const found = await bringBack(deps, owner, view, isLate);
  const finding = isLate ? await withWayOut(deps, event, owner.journal, found) : found;
  const ruleSeconds = finding.ready ? await secondsForRule(deps, view) : 0;
  return { ...answerFor(finding, wait, { now, poll, error: 'SettleOverdue' }), ruleSeconds };
}

async function begin(deps: StepNeeds, owner: JournalOwner): Promise<void> {
  const { service, settling, deployed } = owner.journal;
  if (settling !== undefined) return;
  // A journal without a record does not prove that there is none: the deployment may have ended before it looked.
  const recorded = deployed === undefined ? await newestRecord(deps, service, undefined) : undefined;
  await owner.note((journal) => ({
    ...journal,
    phase: 'settle',
    step: 'restore',
    settling: new Date(deps.now()).toISOString(),
    ...(recorded && { deployed: recorded.version }),
  }));
}

async function bringBack(
  deps: StepNeeds,
  owner: JournalOwner,
  view: ServiceView,
  late: boolean,
): Promise<Finding> {
  if (view.newest.settings.record === 'instances') return keepHosts(deps, owner, view);
  if (!view.recorded) {
    await forgetTraffic(deps, owner, view);
    return ready;
  }
  if (!view.serving) {
    const name = await recreateFleet(deps, owner, view, view.recorded);
    return notReady(`the recorded fleet ${name} was missing and is being recreated`);
  }
  const finding = await returnTraffic(deps, owner, view, view.serving, late);
  if (!finding.ready) return finding;
  const tooSoon = await shrinksTooSoon(deps, view, view.serving);
  if (tooSoon && !late)
    return notReady(
      `fleet ${view.serving.name} is to shrink, but some of its instances are still launching or ending`,
    );
  // When it is late, the journal must become free for a repair: the sweep finds the sizes and settles again.
  if (!tooSoon) await applySizes(deps, owner, view, view.serving);
  await applyScaling(deps, owner, view, view.serving);
  await applyWarmPool(deps, owner, view, view.serving);
  return ready;
}

/** Publishes the commit. The fleet that serves must scale by itself even while that fails. */
async function publish(deps: StepNeeds, owner: JournalOwner): Promise<void> {
  try {
    await publishCommit(deps, owner);
  } catch (cause) {
    const scaled = await tryToRead(() => scaleServing(deps, owner));
    if (!isUnavailable(scaled)) throw cause;
    throw new HoldfastError(
      nameOf(cause, 'AwsFailed'),
      `${messageOf(cause)}; the fleet that serves got no scaling targets either: ${scaled.unavailable}`,
      { cause },
    );
  }
}

async function scaleServing(deps: StepNeeds, owner: JournalOwner): Promise<void> {
  const view = await viewService(deps, owner);
  if (view.serving) await applyScaling(deps, owner, view, view.serving);
}

/** Names the way out when the recorded release does not come back while another one serves. */
async function withWayOut(
  deps: StepNeeds,
  { execution, service }: StepEvent,
  journal: Journal,
  finding: Finding,
): Promise<Finding> {
  if (finding.ready || !(await judgeServing(deps, journal, 1)).ready) return finding;
  const input = { service, action: 'accept', reason: 'the recorded release cannot run' } as const;
  return notReady(
    `${finding.because}; deployment ${journal.deployment} serves: deploy again, which records it first, or record it with ${settleCommand(execution, deps.environment, input)}`,
  );
}

export const handler = onLambda(restore, (options) => ({
  ...store(options),
  ...parameters(options),
  ...groups(options),
  ...ec2(options),
  ...balancer(options),
}));
