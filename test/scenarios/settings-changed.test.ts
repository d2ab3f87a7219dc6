import { tags } from '../../lib/config/resource-names.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { update } from '../support/story/permissions.ts';
import { deployed, live, served, simulate } from '../support/story/simulate.ts';

/** Version of the settings that each instance of the recorded fleet was launched with. */
function pinned({ truth, world }: Simulation): (string | undefined)[] {
  const ids = [...(truth.recordedFleet?.members.keys() ?? [])];
  return ids.map((id) => world.ec2.instances.get(id).tags[tags.settings]?.split(':').at(-1));
}

test.each(['prepare', 'boot'] as const)(
  'settings changed between %s and launch: the fleet carries those it was prepared with, for life',
  async (step) => {
    await simulate({}, async (simulation) => {
      await deployed(simulation);
      const v2 = simulation.push();
      const second = simulation.deploy();
      await simulation.done(second, step);
      update(simulation, (settings) => ({ ...settings, start: 'systemctl restart other' }));
      expect(await simulation.ending(second)).toMatchObject({ status: 'SUCCEEDED' });
      expect(simulation.truth.deployed?.record.settings).toBe(1);
      simulation.scale(live(simulation), 3);
      await simulation.rest();
      expect(pinned(simulation)).toEqual(['1', '1', '1']);
      expect(served(simulation)).toEqual([v2, v2, v2]);
      await deployed(simulation);
      expect(pinned(simulation)).toEqual(['2', '2', '2']);
    });
  },
);

test('settings that cannot be read: the deployment is refused, with the parameter and what is wrong', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    const { settings } = simulation.truth;
    update(simulation, (given) => ({ ...given, capacity: { min: 5, max: 1 } }));
    expect(await simulation.ending(simulation.deploy())).toEqual({
      status: 'FAILED',
      error: 'InvalidRecord',
      cause: expect.stringMatching(/^parameter \/holdfast\/prod\/web\/settings: capacity/),
    });
    update(simulation, () => settings);
    expect(served(simulation)).toEqual([v1, v1]);
    await deployed(simulation);
  });
});
