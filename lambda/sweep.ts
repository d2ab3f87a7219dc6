import { balancer, executions, groups, parameters, store } from '../lib/lambda/connect.ts';
import { onLambda } from '../lib/lambda/handler.ts';
import { HoldfastError, messageOf } from '../lib/release/errors.ts';
import { reasonToSettle } from '../lib/rollout/actions/drift.ts';
import { refuseForgetting } from '../lib/rollout/actions/refuse-forgetting.ts';
import { startSettle } from '../lib/rollout/actions/start-settle.ts';
import type { StepContext } from '../lib/rollout/actions/step-context.ts';

type StepNeeds = StepContext<
  'parameters' | 'groups' | 'policies' | 'executions' | 'balancer' | 'settleMachine'
>;

/**
 * Finds unsettled services: journals of executions that ended, traffic that is not all on the recorded fleet, recorded
 * fleets with other sizes than configured, fleets without a record. Runs when an execution ends badly and, because events can be lost, on a schedule; the
 * content of the event does not matter. Fails for a fleet whose settings will soon be forgotten. Returns the services whose settling it started.
 */
export async function sweep(_event: unknown, deps: StepNeeds): Promise<{ settled: string[] }> {
  const settled: string[] = [];
  const failures: string[] = [];
  for (const service of await deps.journals.services()) {
    try {
      if (await sweepService(deps, service)) settled.push(service);
    } catch (error) {
      // One service that cannot be read must not keep the others from being settled.
      failures.push(`${service}: ${messageOf(error)}`);
    }
  }
  if (failures.length > 0) throw new HoldfastError('AwsFailed', `the sweep failed: ${failures.join('; ')}`);
  return { settled };
}

async function sweepService(deps: StepNeeds, service: string): Promise<boolean> {
  const held = await deps.journals.read(service);
  const reason = held && (await reasonToSettle(deps, held.journal));
  if (!held) return false;
  if (reason === undefined) {
    await refuseForgetting(deps, service);
    return false;
  }
  await startSettle(deps, held.journal, reason);
  return true;
}

export const handler = onLambda(sweep, (options) => ({
  ...store(options),
  ...parameters(options),
  ...groups(options),
  ...balancer(options),
  ...executions(options),
}));
