import { colours } from '../../release/colour.ts';
import { HoldfastError } from '../../release/errors.ts';
import { describeForward, share } from '../decisions/weights.ts';
import { readRule } from './rules.ts';
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

/** Throws when the production rule differs from what restore left: nothing that carries traffic is ended. */
export async function refuseTraffic(
  deps: StepContext<'parameters' | 'balancer'>,
  view: ServiceView,
  recorded: string | undefined,
): Promise<void> {
  const { balancer, service } = view.newest.settings;
  if (!balancer) return;
  const { forward } = await readRule(deps, balancer.rule);
  if (recorded ? share(forward, recorded) === 1 : forward.length === 0) return;
  throw new HoldfastError(
    'SettleOverdue',
    `the production rule of service ${service} forwards to ${describeForward(forward)}, expected the recorded fleet alone; someone changed it during settling, the next settle repairs it`,
  );
}
