import type { RuleAction } from '../../aws/balancer.ts';
import type { Balancer as Behind, Settings } from '../../config/settings.ts';
import { HoldfastError } from '../../release/errors.ts';
import { growingPauses } from '../../waiting/pauses.ts';
import { poll } from '../../waiting/poll.ts';
import type { Finding } from '../decisions/finding.ts';
import type { Fleet, Forward } from '../decisions/fleet.ts';
import { judgeInService } from '../decisions/in-service.ts';
import { sameForward } from '../decisions/weights.ts';
import type { JournalOwner } from './ownership.ts';
import type { StepContext } from './step-context.ts';

type BalancerDeps = Pick<StepContext<'balancer'>, 'balancer'>;

/** How long an answer about a rule may be older than its last change. Seconds. */
const lateSeconds = 10;

/** Rules and target groups of a service. Only steps of services behind the load balancer call this. */
export function balancerOf(settings: Settings): Behind {
  if (settings.balancer) return settings.balancer;
  throw new HoldfastError(
    'InvalidRecord',
    `service ${settings.service}: its settings name no rule of the load balancer, expected one for this step; deploy its stack again`,
  );
}

/** The present action of a rule. */
export async function readRule({ balancer }: BalancerDeps, rule: string): Promise<RuleAction> {
  const action = await balancer.action(rule);
  if (action) return action;
  throw ruleMissing(rule);
}

/** The action of a rule as soon as it is as expected, else as it is after a while: answers may be late. */
export async function readSettledRule(
  { balancer, now, sleep }: Pick<StepContext<'balancer'>, 'balancer' | 'now' | 'sleep'>,
  rule: string,
  isExpected: (action: RuleAction) => boolean,
): Promise<RuleAction> {
  let newest: RuleAction | undefined;
  const look = async () => {
    newest = await balancer.action(rule);
    return newest && isExpected(newest) ? newest : undefined;
  };
  const pauses = growingPauses({ seconds: lateSeconds, first: 1_000, most: 4_000, now });
  const action = (await poll(look, pauses, { sleep })) ?? newest;
  if (action) return action;
  throw ruleMissing(rule);
}

function ruleMissing(rule: string): HoldfastError {
  return new HoldfastError(
    'AwsFailed',
    `found no rule ${rule}, expected the one that the settings name; someone deleted it: change the priority of the service's route and deploy its stack, which makes the rule again`,
  );
}

/** Sets the weights of a rule, unless it has them. */
export async function setForward(
  deps: BalancerDeps,
  owner: JournalOwner,
  rule: string,
  forward: Forward,
): Promise<void> {
  const action = await readRule(deps, rule);
  if (sameForward(action.forward, forward) && !action.sticky) return;
  await owner.act(() => deps.balancer.forward(rule, forward));
}

/** Whether the load balancer finds enough of a fleet healthy. */
export async function lookInService(
  { balancer }: BalancerDeps,
  fleet: Fleet,
  targetGroup: string,
  need: number,
): Promise<Finding> {
  return judgeInService(fleet, await balancer.targets(targetGroup), need);
}
