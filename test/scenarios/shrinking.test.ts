import type { Outcome } from '../../lib/simulation/hosts/outcome.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { deployed, live, simulate } from '../support/story/simulate.ts';

const between = (min: number, max: number): Parameters<typeof simulate>[0] => ({
  settings: (given) => ({ ...given, capacity: { min, max } }),
});

/** The service's stack is updated. */
function configure({ world, truth }: Simulation, min: number, max: number): void {
  const Value = JSON.stringify({ ...truth.settings, capacity: { min, max } });
  world.ssm.putParameter({ Name: '/holdfast/prod/web/settings', Value, Overwrite: true });
}

test('capacity lowered while an instance is on its way: those that serve stay until it is there', async () => {
  await simulate(between(1, 2), async (simulation) => {
    await deployed(simulation);
    simulation.scale(live(simulation), 2);
    configure(simulation, 1, 1);
    const settling = simulation.settle('smaller');
    expect(await simulation.ending(settling)).toMatchObject({ status: 'SUCCEEDED' });
    expect(simulation.truth.recordedFleet?.desired).toBe(1);
  });
});

test('capacity lowered while an instance never gets there: the fleet shrinks once another one did', async () => {
  let outcome: Outcome = 'ready';
  const fate = () => ({ deploySeconds: 10, outcome });
  await simulate({ ...between(2, 5), fate }, async (simulation) => {
    await deployed(simulation);
    simulation.scale(live(simulation), 3);
    await simulation.time.advance(60_000);
    outcome = 'hangs';
    simulation.scale(live(simulation), 4);
    configure(simulation, 2, 3);
    const first = simulation.settle('smaller');
    expect(await simulation.ending(first)).toMatchObject({ status: 'SUCCEEDED' });
    expect(simulation.truth.recordedFleet).toMatchObject({ max: 5, desired: 4 });
    outcome = 'ready';
  });
});

test('the fleet grows while settle is about to apply its sizes: what scaling asked for stays', async () => {
  await simulate(between(1, 4), async (simulation) => {
    await deployed(simulation);
    simulation.scale(live(simulation), 2);
    await simulation.time.advance(60_000);
    configure(simulation, 1, 5);
    const { world } = simulation;
    const remove = world.faults.add(({ operation }) => {
      if (operation !== 'UpdateAutoScalingGroup') return undefined;
      remove();
      simulation.scale(live(simulation), 4);
      return { delayMilliseconds: 1 };
    });
    await simulation.ending(simulation.settle('larger'));
    expect(simulation.truth.recordedFleet).toMatchObject({ max: 5, desired: 4 });
  });
});

test('the minimum is raised while scaling takes an instance away: it counts once the fleet has it', async () => {
  await simulate(between(1, 2), async (simulation) => {
    await deployed(simulation);
    simulation.scale(live(simulation), 2);
    await simulation.time.advance(60_000);
    configure(simulation, 3, 4);
    simulation.scale(live(simulation), 1);
    await simulation.rest();
    expect(simulation.truth.recordedFleet).toMatchObject({ min: 3, max: 4, desired: 3 });
  });
});
