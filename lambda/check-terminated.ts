import { balancer, groups, machines, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { endFleet, releaseDrained } from '../lib/rollout/actions/end-fleet.ts';
import { type Hold, holdForSettle } from '../lib/rollout/actions/ownership.ts';
import { tidy } from '../lib/rollout/actions/remove-leftovers.ts';
import { type Situation, situation } from '../lib/rollout/actions/service-view.ts';
import type { Needs } from '../lib/rollout/actions/step-context.ts';
import { settingsOf } from '../lib/rollout/actions/target-group.ts';
import type { Answer, CheckEvent } from '../lib/rollout/contract.ts';
import { answer, notReady, ready } from '../lib/rollout/decisions/finding.ts';
import type { Fleet } from '../lib/rollout/decisions/fleet.ts';

type StepNeeds = Needs<'parameters' | 'groups' | 'warmPools' | 'lifecycle' | 'templates' | 'balancer'>;

/**
 * Deletes each leaving fleet once it is empty, and by force once its time is over; then what it leaves behind. The wait's
 * deadline is when force begins, its latest end is when settling is overdue.
 */
export async function checkTerminated(event: CheckEvent, deps: StepNeeds): Promise<Answer> {
  const hold = await holdForSettle(deps, event);
  const force = deps.now() >= Date.parse(event.wait.deadline);
  const before = await situation(deps, hold);
  for (const group of before.others) await lookAt(deps, hold, group, { force, view: before });
  const view = before.others.length > 0 ? await situation(deps, hold) : before;
  if (view.others.length === 0) await tidy(deps, hold, view);
  const left = view.others.map(describe);
  const finding = left.length === 0 ? ready : notReady(`left to end: ${left.join(', ')}`);
  const { deadline, latest } = event.wait;
  const { pollSeconds: poll } = view.newest.settings.rollout;
  const look = { now: deps.now(), poll, error: 'SettleOverdue' } as const;
  return { ...answer(finding, { deadline: latest, latest }, look), deadline };
}

function describe({ name, instances, warmPool }: Fleet): string {
  return `${name} with ${instances.length} instances${warmPool ? ' and a warm pool' : ''}`;
}

async function lookAt(
  deps: StepNeeds,
  hold: Hold,
  group: Fleet,
  { force, view }: { force: boolean; view: Situation },
): Promise<void> {
  if (group.deleting) return;
  const isEmpty = group.instances.length === 0 && !group.warmPool;
  if (isEmpty || force) {
    await hold.act(() => deps.groups.delete(group.name, { force }));
    return;
  }
  await endFleet(deps, hold, group);
  // A worker may need the hook's time to finish its work; an instance with a drain command says itself when it is done.
  const { balancer, drain } = ((await settingsOf(deps, group)) ?? view.newest).settings;
  if (balancer && !drain) await releaseDrained(deps, hold, group);
}

export const handler = onLambda(checkTerminated, (around) => ({
  ...store(around),
  ...parameters(around),
  ...groups(around),
  ...machines(around),
  ...balancer(around),
}));
