import type { RuleAction } from '../../aws/balancer.ts';
import type { Balancer as Behind } from '../../config/settings.ts';
import { colours } from '../../release/colour.ts';
import { HoldfastError } from '../../release/errors.ts';
import { describeForward, goesAllTo } from '../decisions/weights.ts';
import { readSettledRule } from './rules.ts';
import type { ServiceView } from './service-view.ts';
import type { StepContext } from './step-context.ts';
import { targetGroupOf } from './target-group.ts';

/** Target groups of a service by their relation to the record. */
export interface TargetGroups {
  /** The recorded fleet's. */
  recorded: string | undefined;
  /** Every other target group that the settings or a fleet name. */
  others: string[];
}

export async function targetGroupsOf(
  deps: StepContext<'parameters' | 'balancer'>,
  view: ServiceView,
): Promise<TargetGroups> {
  const { newest, serving, others } = view;
  const { balancer } = newest.settings;
  const recorded = await targetGroupOf(deps, serving);
  const pair = balancer ? colours.map((colour) => balancer.targetGroups[colour]) : [];
  const fleets = await Promise.all(others.map((group) => targetGroupOf(deps, group)));
  const named = new Set([...pair, ...fleets].filter((each) => each !== undefined && each !== recorded));
  return { recorded, others: [...named] as string[] };
}

/** Both target groups of the settings, blue first, without those that someone deleted: no rule can name them. */
export async function presentPair(
  { balancer }: StepContext<'balancer'>,
  { targetGroups }: Behind,
): Promise<string[]> {
  const pair = colours.map((colour) => targetGroups[colour]);
  const found = await Promise.all(pair.map((targetGroup) => balancer.exists(targetGroup)));
  return pair.filter((_, index) => found[index]);
}

/** Target groups that still have targets. */
export async function withTargets(
  { balancer }: StepContext<'balancer'>,
  targetGroups: readonly string[],
): Promise<string[]> {
  const targets = await Promise.all(targetGroups.map((targetGroup) => balancer.targets(targetGroup)));
  return targetGroups.filter((_, index) => targets[index]?.length);
}

/** Throws when the production rule differs from what restore left: nothing that carries traffic is ended. */
export async function refuseTraffic(
  deps: StepContext<'parameters' | 'balancer'>,
  view: ServiceView,
  recorded: string | undefined,
): Promise<void> {
  const { balancer, service } = view.newest.settings;
  if (!balancer) return;
  const isLeft = ({ forward }: RuleAction) => goesAllTo(forward, recorded);
  const action = await readSettledRule(deps, balancer.rule, isLeft);
  if (isLeft(action)) return;
  throw new HoldfastError(
    'SettleOverdue',
    `the production rule of service ${service} forwards to ${describeForward(action.forward)}, expected the recorded fleet alone; someone changed it during settling, the next settle repairs it`,
  );
}
