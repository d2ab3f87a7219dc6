import { hostsName, parameterNames } from '../../lib/config/resource-names.ts';
import type { Release } from '../../lib/release/release.ts';
import { owner } from '../../lib/simulation/invariants/owner.ts';
import type { SimulationOptions } from '../../lib/simulation/options.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { update } from '../support/story/permissions.ts';
import { deployed, outputOf, simulate } from '../support/story/simulate.ts';

/** A service whose instances record. The other invariants are about what the workflow deploys. */
const hosts: Partial<SimulationOptions> = {
  service: 'worker',
  settings: (settings) => ({ ...settings, record: 'instances' }),
  invariants: [owner],
};
const name = hostsName('prod', 'worker');

/** What a host writes after it has deployed by hand. */
function recordOnHost({ world, truth }: Simulation, commit: string): Release {
  const release = { jobs: { branch: 'main', commit } };
  const record = {
    schema: 1,
    release,
    verified: true,
    deployment: 'manual',
    by: 'ada@host',
    at: '2026-01-01T00:00:00Z',
  };
  const Name = parameterNames(truth.environment, truth.service).deployed;
  world.ssm.putParameter({ Name, Value: JSON.stringify(record), Type: 'String', Overwrite: true });
  return release;
}

/** What each instance of the service runs. */
function running({ truth, hosts }: Simulation): (Release | undefined)[] {
  return truth.fleets().flatMap(({ members }) => [...members.keys()].map((id) => hosts.running(id)));
}

test('hosts come to life with nothing recorded, and later ones with the newest record', async () => {
  await simulate(hosts, async (simulation) => {
    expect(simulation.truth.fleets()).toEqual([]);
    expect(await outputOf(simulation, simulation.settle('first'))).toMatchObject({ service: 'worker' });
    await simulation.rest();
    expect(simulation.truth.fleets().map((fleet) => fleet.name)).toEqual([name]);
    expect(running(simulation)).toEqual([undefined, undefined]);
    const first = recordOnHost(simulation, simulation.push());
    simulation.scale(name, 3);
    await simulation.rest();
    expect(running(simulation)).toEqual([undefined, undefined, first]);
    const second = recordOnHost(simulation, simulation.push());
    simulation.kill([...(simulation.truth.fleets()[0]?.members.keys() ?? [])][0] ?? '');
    await simulation.rest();
    expect(running(simulation)).toContainEqual(second);
    expect(simulation.truth.fleets()).toHaveLength(1);
  });
});

test('the sweep keeps sizes and makes a deleted fleet again; it ends nothing and no workflow deploys', async () => {
  await simulate(hosts, async (simulation) => {
    await simulation.ending(simulation.settle('first'));
    const release = recordOnHost(simulation, simulation.push());
    expect(await simulation.ending(simulation.deploy())).toEqual({
      status: 'FAILED',
      error: 'InvalidInput',
      cause: expect.stringContaining('holdfast-agent deploy --settings /etc/holdfast/agent.json'),
    });
    update(simulation, (settings) => ({ ...settings, capacity: { min: 3, max: 5 } }));
    await simulation.rest();
    expect(simulation.truth.fleets()).toMatchObject([{ name, min: 3, max: 5, desired: 3 }]);
    simulation.world.autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: name, ForceDelete: true });
    await simulation.rest();
    expect(running(simulation)).toEqual([release, release, release]);
  });
});

test('a service that was deployed by the workflow before: its fleet stays until somebody deletes it', async () => {
  await simulate({ ...hosts, settings: (settings) => settings }, async (simulation) => {
    await deployed(simulation);
    const [fleet] = simulation.truth.fleets();
    update(simulation, (settings) => ({ ...settings, record: 'instances' }));
    await simulation.ending(simulation.settle('by-hand'));
    await simulation.rest();
    expect(simulation.truth.fleets()).toEqual([fleet]);
    simulation.world.autoScaling.deleteAutoScalingGroup({
      AutoScalingGroupName: fleet?.name ?? '',
      ForceDelete: true,
    });
    await simulation.rest();
    expect(simulation.truth.fleets().map((each) => each.name)).toEqual([name]);
    // And back: a deployment takes the place of the hosts.
    update(simulation, ({ record: _, ...settings }) => settings);
    await deployed(simulation);
    expect(simulation.truth.fleets().map((each) => each.name)).toEqual([
      simulation.truth.deployed?.record.fleet,
    ]);
  });
});
