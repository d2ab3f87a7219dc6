import { drainDeadlineSeconds } from '../lib/config/rollout-times.ts';
import { balancer, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { claimForSettle, type JournalOwner } from '../lib/rollout/actions/ownership.ts';
import { setForward } from '../lib/rollout/actions/rules.ts';
import { type ServiceView, viewService } from '../lib/rollout/actions/service-view.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';
import { settingsOf } from '../lib/rollout/actions/target-group.ts';
import { refuseTraffic, targetGroupsOf, withTargets } from '../lib/rollout/actions/target-groups.ts';
import type { Started, StepEvent } from '../lib/rollout/contract.ts';
import { drainable } from '../lib/rollout/decisions/drain.ts';
import { startWait } from '../lib/rollout/decisions/finding.ts';
import { allToOne, allToOneOf } from '../lib/rollout/decisions/weights.ts';

type StepNeeds = StepContext<'parameters' | 'groups' | 'balancer'>;

/**
 * Removes every target group but the recorded fleet's from the production rule, with group stickiness off, and only
 * then deregisters its targets: a client that sticks to a group without targets gets errors. Meanwhile the draining
 * groups stand in the test rule at weight 0, because the balancer honours the deregistration delay only for groups in
 * use.
 */
export async function drain(event: StepEvent, deps: StepNeeds): Promise<Started> {
  const owner = await claimForSettle(deps, event);
  await owner.noteStep('drain');
  const view = await viewService(deps, owner);
  const { recorded, others } = await targetGroupsOf(deps, view);
  await refuseTraffic(deps, view, recorded);
  const { balancer } = view.newest.settings;
  if (balancer && recorded) {
    // The test rule comes first: a target group that no rule names, even for a moment, would cut the requests in
    // flight.
    await setForward(deps, owner, balancer.testRule, allToOneOf(recorded, await withTargets(deps, others)));
    await setForward(deps, owner, balancer.rule, allToOne(recorded));
  }
  const seconds = await drainSeconds(deps, view);
  for (const group of view.others) {
    if (group.targetGroups.length > 0)
      await owner.act(() => deps.groups.detach(group.name, group.targetGroups));
  }
  for (const targetGroup of others) await deregister(deps, owner, targetGroup);
  return startWait(deps.now(), seconds);
}

async function deregister(deps: StepNeeds, owner: JournalOwner, targetGroup: string): Promise<void> {
  const targets = drainable(await deps.balancer.targets(targetGroup));
  if (targets.length > 0) await owner.act(() => deps.balancer.deregister(targetGroup, targets));
}

/** The longest drain time that any of the leaving fleets was promised. */
async function drainSeconds(deps: StepNeeds, { newest, others }: ServiceView): Promise<number> {
  const pinned = await Promise.all(others.map((group) => settingsOf(deps, group)));
  return Math.max(
    ...[newest, ...pinned].map((each) => drainDeadlineSeconds((each ?? newest).settings.rollout)),
  );
}

export const handler = onLambda(drain, (options) => ({
  ...store(options),
  ...parameters(options),
  ...groups(options),
  ...balancer(options),
}));
