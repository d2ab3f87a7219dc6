import { deployed, simulate } from './simulate.ts';

test('capacity lowered while an instance is on its way: those that serve stay until it is there', async () => {
  const settings = { capacity: { min: 1, max: 2 } };
  await simulate({ settings: (given) => ({ ...given, ...settings }) }, async (simulation) => {
    await deployed(simulation);
    const { record } = simulation.truth.deployed ?? {};
    simulation.scale(record?.fleet ?? '', 2);
    const { world, truth } = simulation;
    const Value = JSON.stringify({ ...truth.settings, capacity: { min: 1, max: 1 } });
    world.ssm.putParameter({ Name: '/holdfast/prod/web/settings', Value, Overwrite: true });
    const settling = simulation.settle('smaller');
    expect(await simulation.ending(settling)).toMatchObject({ status: 'SUCCEEDED' });
    expect(simulation.truth.recordedFleet?.desired).toBe(1);
  });
});
