import type { Outcome } from '../../../lib/rehearsal/hosts/simulated/fate.ts';
import { directClients } from '../../../lib/rehearsal/simulation/direct-clients.ts';
import type { SimulationOptions } from '../../../lib/rehearsal/simulation/options.ts';
import { Simulation } from '../../../lib/rehearsal/simulation/simulation.ts';
import { wireClients } from '../../../lib/rehearsal/simulation/wire-clients.ts';
import { assembly, byCommit } from '../../scenarios/simulate.ts';

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

/** The SDK streams the bodies of objects: that takes more than one turn. */
const wire = { connect: wireClients, turns: 4 };

test.each(['web', 'worker'])(
  'direct clients and the SDK’s own tell the same story of service %s',
  async (service) => {
    const direct = await told({ connect: directClients, service });
    expect(direct.split('\n').length).toBeGreaterThan(60);
    expect(await told({ ...wire, service })).toBe(direct);
  },
);
