import type { Settings } from '../../lib/config/settings.ts';
import { quiescence } from '../../lib/simulation/invariants/quiescence.ts';
import { requests } from '../../lib/simulation/invariants/requests.ts';
import { deployed, quick, served, simulate } from '../support/story/simulate.ts';

/** So many that one call after the other would take a step longer than its Lambda lives. */
const size = 320;

test('a large fleet and calls of 100 ms: no step runs out of time', async () => {
  const capacity = { min: size, max: size };
  const options = { ...quick, story: false, settings: (given: Settings) => ({ ...given, capacity }) };
  await simulate({ ...options, invariants: [requests, quiescence] }, async (simulation) => {
    simulation.world.faults.latency = 100;
    await deployed(simulation);
    const v2 = await deployed(simulation);
    expect(new Set(served(simulation))).toEqual(new Set([v2]));
    expect(served(simulation)).toHaveLength(size);
    expect(simulation.failures).toBe(0);
  });
});
