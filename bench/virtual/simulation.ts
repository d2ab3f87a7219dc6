import { join } from 'node:path';
import { defaults } from '../../lib/simulation/options.ts';
import { Simulation } from '../../lib/simulation/simulation.ts';
import { type Transitions, transitionsOf } from './transitions.ts';

/** Cloud assembly that `npm run synth` wrote. */
const assembly = join(import.meta.dirname, '../../cdk.out');

/** Every instance boots and builds itself in this time. Seconds. */
export const bootSeconds = 30.5;
/** Deregistration delay of the simulated service. Seconds. */
export const drainSeconds = 30;
/** Wait for the load balancer's nodes. Seconds. */
export const ruleSeconds = 30;

/** Runs a story in virtual time with a service of these sizes; the invariants are for tests. */
export async function inVirtualTime<T>(
  capacity: { min: number; max: number },
  story: (simulation: Simulation) => Promise<T>,
): Promise<T> {
  const simulation = await Simulation.start({
    ...defaults,
    assembly,
    story: false,
    invariants: [],
    settings: (given) => ({ ...given, capacity, rollout: { ...given.rollout, drainSeconds, ruleSeconds } }),
  });
  try {
    return await story(simulation);
  } finally {
    simulation.close();
  }
}

/** One deployment in virtual time. */
export interface Rollout {
  seconds: number;
  transitions: Transitions;
}

/** Deploys a new commit; throws when that does not go well. */
export async function deployed(simulation: Simulation): Promise<Rollout> {
  const began = simulation.time.now();
  simulation.push();
  const entered = new Map<string, number>();
  const execution = simulation.deploy();
  simulation.executions.entered = (other, state) => {
    if (other === execution) entered.set(state, (entered.get(state) ?? 0) + 1);
  };
  const ending = await simulation.ending(execution);
  if (ending.status !== 'SUCCEEDED') throw new Error(`the deployment ended with ${JSON.stringify(ending)}`);
  return {
    seconds: (simulation.time.now() - began) / 1000,
    transitions: transitionsOf(entered),
  };
}
