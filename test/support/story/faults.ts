import { accessDenied, internalError, throttlingError } from '../../../lib/local-aws/model/fault-errors.ts';
import type { Call, Fault } from '../../../lib/local-aws/model/faults.ts';
import type { Step } from '../../../lib/rollout/contract.ts';
import { changes } from '../../../lib/simulation/invariant-checker.ts';
import type { Invocation } from '../../../lib/simulation/invocation.ts';
import type { Simulation } from '../../../lib/simulation/simulation.ts';

/** How AWS refuses a call. */
export const refusals = {
  throttled: ({ service }: Call): Fault => ({ error: throttlingError(service) }),
  'failing with 5xx': (): Fault => ({ error: internalError() }),
  'refused for permission': (call: Call): Fault => ({ error: accessDenied(call) }),
};
export type Refusal = keyof typeof refusals;

/** A step's calls of an operation are refused from now on, or `times` times; the result ends it. */
export function refuse(
  simulation: Simulation,
  [step, operation]: readonly [Step, string],
  refusal: Refusal,
  times = Number.POSITIVE_INFINITY,
): () => void {
  let left = times;
  return simulation.world.faults.add((call) => {
    const isMeant = call.operation === operation && simulation.invocation(call.caller)?.step === step;
    if (!isMeant || left <= 0) return undefined;
    left -= 1;
    return refusals[refusal](call);
  });
}

/** What steps call from now on: `step operation`. */
export function calling(simulation: Simulation): Set<string> {
  const found = new Set<string>();
  simulation.world.faults.add((call) => {
    const step = simulation.invocation(call.caller)?.step;
    if (step) found.add(`${step} ${call.operation}`);
    return undefined;
  });
  return found;
}

/** Lets time pass until nobody holds the journal and nothing runs: what was left behind is settled. */
export async function settled({ time, truth, executions }: Simulation): Promise<void> {
  const isSettled = () => truth.journal?.state !== 'open' && executions.running().length === 0;
  for (let look = 0; look < 240 && !isSettled(); look += 1) await time.advance(15_000);
  if (!isSettled()) throw new Error('nobody settled within an hour');
}

/** Does something to the `nth` write of a step from now on, counted from 1 over its runs. */
export function atWrite(
  simulation: Simulation,
  step: Step,
  nth: number,
  decide: (lambda: Invocation) => Fault,
): void {
  let left = nth;
  const remove = simulation.world.faults.add((call) => {
    const lambda = simulation.invocation(call.caller);
    if (!lambda || lambda.step !== step || !changes(call)) return undefined;
    left -= 1;
    if (left > 0) return undefined;
    remove();
    return decide(lambda);
  });
}

/** How a Lambda dies at a write. */
export const dies = {
  before: (lambda: Invocation): Fault => {
    lambda.kill();
    return { error: internalError() };
  },
  after: (lambda: Invocation): Fault => {
    lambda.kill();
    return {};
  },
};

/** What steps write from now on, in order: `step operation`. */
export function writing(simulation: Simulation): string[] {
  const found: string[] = [];
  simulation.world.faults.add((call) => {
    const step = simulation.invocation(call.caller)?.step;
    if (step && changes(call)) found.push(`${step} ${call.operation}`);
    return undefined;
  });
  return found;
}

/** A deployment that is stopped once its candidate has the traffic, its event lost. */
export async function abandoned(simulation: Simulation): Promise<void> {
  simulation.world.events.lose = () => true;
  simulation.push();
  const deployment = simulation.deploy();
  await simulation.done(deployment, 'shift');
  simulation.abort(deployment);
}
