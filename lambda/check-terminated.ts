import { balancer, ec2, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { endFleet, releaseDrained } from '../lib/rollout/actions/end-fleet.ts';
import { claimForSettle, type JournalOwner } from '../lib/rollout/actions/ownership.ts';
import { removeLeftovers } from '../lib/rollout/actions/remove-leftovers.ts';
import { type ServiceView, viewService } from '../lib/rollout/actions/service-view.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';
import { settingsOf } from '../lib/rollout/actions/target-group.ts';
import type { Answer, CheckEvent } from '../lib/rollout/contract.ts';
import { answerFor, notReady, ready } from '../lib/rollout/decisions/finding.ts';
import type { Fleet } from '../lib/rollout/decisions/fleet.ts';

type StepNeeds = StepContext<'parameters' | 'groups' | 'warmPools' | 'lifecycle' | 'templates' | 'balancer'>;

/**
 * Deletes each leaving fleet once it is empty, or by force once its time is over, and then its leftovers. Force
 * begins at the wait's deadline; settling is overdue at the wait's latest end.
 */
export async function checkTerminated(event: CheckEvent, deps: StepNeeds): Promise<Answer> {
  const owner = await claimForSettle(deps, event);
  const force = deps.now() >= Date.parse(event.wait.deadline);
  const before = await viewService(deps, owner);
  for (const group of before.others) await lookAt(deps, owner, group, { force, view: before });
  const view = before.others.length > 0 ? await viewService(deps, owner) : before;
  if (view.others.length === 0) await removeLeftovers(deps, owner, view);
  const left = view.others.map(describe);
  const finding = left.length === 0 ? ready : notReady(`still ending: ${left.join(', ')}`);
  const { deadline, latest } = event.wait;
  const { pollSeconds: poll } = view.newest.settings.rollout;
  const look = { now: deps.now(), poll, error: 'SettleOverdue' } as const;
  return { ...answerFor(finding, { deadline: latest, latest }, look), deadline };
}

function describe({ name, instances, warmPool }: Fleet): string {
  return `${name} with ${instances.length} instances${warmPool ? ' and a warm pool' : ''}`;
}

async function lookAt(
  deps: StepNeeds,
  owner: JournalOwner,
  group: Fleet,
  { force, view }: { force: boolean; view: ServiceView },
): Promise<void> {
  if (group.deleting) return;
  const isEmpty = group.instances.length === 0 && !group.warmPool;
  if (isEmpty || force) {
    await owner.act(() => deps.groups.delete(group.name, { force }));
    return;
  }
  await endFleet(deps, owner, group);
  // A worker may need the hook's time to finish its work. An instance with a drain command completes its hook itself.
  const { balancer, drain } = ((await settingsOf(deps, group)) ?? view.newest).settings;
  if (balancer && !drain) await releaseDrained(deps, owner, group);
}

export const handler = onLambda(checkTerminated, (options) => ({
  ...store(options),
  ...parameters(options),
  ...groups(options),
  ...ec2(options),
  ...balancer(options),
}));
