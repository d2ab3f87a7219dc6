import { readLimit } from '../../lib/local-aws/model/ssm/read-limit.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { deployed, inVirtualTime } from './simulation.ts';

/** A launch of many instances at once. */
export interface Storm {
  /** Until the last is in service. */
  seconds: number;
  /** Instances that had to be launched again. */
  lost: number;
}

const patienceSeconds = 3600;

/** Lets a live fleet of one instance grow to many at once. `readsPerSecond` undefined: without a limit. */
export function storm(instances: number, readsPerSecond: number | undefined): Promise<Storm> {
  return inVirtualTime({ min: 1, max: instances }, async (simulation) => {
    await deployed(simulation);
    if (readsPerSecond !== undefined)
      simulation.world.faults.add(readLimit(readsPerSecond, simulation.world.clock));
    const began = simulation.time.now();
    simulation.scale(simulation.truth.fleets()[0]?.name ?? '', instances);
    const launched = [...members(simulation).keys()];
    await inService(simulation, instances, began);
    const stayed = members(simulation);
    return {
      seconds: (simulation.time.now() - began) / 1000,
      lost: launched.filter((id) => !stayed.has(id)).length,
    };
  });
}

async function inService(simulation: Simulation, instances: number, began: number): Promise<void> {
  const count = () => [...members(simulation).values()].filter(({ state }) => state === 'InService').length;
  while (count() < instances) {
    if (simulation.time.now() - began > patienceSeconds * 1000)
      throw new Error(`not all of ${instances} instances are in service after ${patienceSeconds} s`);
    await simulation.time.until(simulation.time.sleep(1000));
  }
}

/** Of all fleets, by instance id. */
function members({ truth }: Simulation) {
  return new Map(truth.fleets().flatMap((fleet) => [...fleet.members]));
}
