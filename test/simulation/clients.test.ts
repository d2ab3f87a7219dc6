import { direct as link } from '../../lib/simulation/direct-clients.ts';
import type { Outcome } from '../../lib/simulation/hosts/outcome.ts';
import type { SimulationOptions } from '../../lib/simulation/options.ts';
import { Simulation } from '../../lib/simulation/simulation.ts';
import { wire } from '../../lib/simulation/wire-clients.ts';
import { assembly, byCommit } from '../support/story/simulate.ts';

/** A good deployment, a bad one and one that is stopped: the whole story. */
async function told(options: Partial<SimulationOptions>): Promise<string> {
  const outcomes = new Map<string, Outcome>();
  const simulation = await Simulation.start({ assembly, ...byCommit(outcomes), ...options });
  try {
    simulation.push();
    await simulation.ending(simulation.deploy());
    outcomes.set(simulation.push(), 'command fails');
    await simulation.ending(simulation.deploy());
    simulation.push();
    const stopped = simulation.deploy();
    await simulation.begins(stopped, 'boot');
    simulation.abort(stopped);
    await simulation.rest();
    return simulation.story.toString();
  } finally {
    simulation.close();
  }
}

test.each(['web', 'worker'])(
  'direct clients and the SDK’s own tell the same story of service %s',
  async (service) => {
    const direct = await told({ link, service });
    expect(direct.split('\n').length).toBeGreaterThan(60);
    expect(await told({ link: wire(), service })).toBe(direct);
  },
);
