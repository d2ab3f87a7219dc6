import type { Violation } from '../../../lib/simulation/invariant-checker.ts';
import type { InvariantOf } from '../../../lib/simulation/invariants/invariant.ts';
import type { SimulationOptions } from '../../../lib/simulation/options.ts';
import { Simulation } from '../../../lib/simulation/simulation.ts';
import { assembly, deployed } from './simulate.ts';

/** Deploys once, then breaks something on purpose; the violations of one invariant. */
export async function broken(
  invariant: InvariantOf,
  breakIt: (simulation: Simulation) => Promise<void> | void,
  options: Partial<SimulationOptions> = {},
): Promise<readonly Violation[]> {
  const simulation = await Simulation.start({ assembly, invariants: [invariant], ...options });
  try {
    await deployed(simulation);
    expect(simulation.violations).toEqual([]);
    await breakIt(simulation);
    await simulation.rest();
    return simulation.violations;
  } finally {
    simulation.close();
  }
}

/** Instances behind the recorded fleet's target group, and its ARN. */
export function serving({ truth }: Simulation): { targetGroup: string; ids: string[] } {
  const [targetGroup = ''] = truth.weights?.keys() ?? [];
  return { targetGroup, ids: truth.targets(targetGroup).map(({ id }) => id) };
}

/** Sends all production traffic to a colour's target group, whatever is there; without a colour to nobody. */
export function forwardTo({ world, truth }: Simulation, colour: 'blue' | 'green' | undefined): void {
  const { rule = '', targetGroups } = truth.settings.balancer ?? {};
  const forward = { TargetGroups: [{ TargetGroupArn: colour && targetGroups?.[colour], Weight: 1 }] };
  const fixed = { Type: 'fixed-response' as const, FixedResponseConfig: { StatusCode: '503' } };
  const Actions = colour ? [{ Type: 'forward' as const, ForwardConfig: forward }] : [fixed];
  world.elb.modifyRule({ RuleArn: rule, Actions });
}
