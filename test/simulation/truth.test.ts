import { deployed, simulate } from '../support/story/simulate.ts';

test('before a deployment there is nothing but settings and a rule', async () => {
  await simulate({}, async ({ truth }) => {
    expect(truth.settings.service).toBe('web');
    expect(truth.deployed).toBeUndefined();
    expect(truth.journal).toBeUndefined();
    expect(truth.candidate).toBeUndefined();
    expect(truth.recordedFleet).toBeUndefined();
    expect(truth.weights?.size).toBe(0);
  });
});

test('sees record, journal, candidate, fleets, weights and targets as they are now', async () => {
  await simulate({}, async (simulation) => {
    const { truth } = simulation;
    await deployed(simulation);
    expect(truth.deployed).toMatchObject({ version: 1, record: { colour: 'blue', deployment: 'd-1' } });
    expect(truth.journal?.state).toBe('closed');
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'boot');
    expect(truth.journal).toMatchObject({ state: 'open', deployment: 'd-2' });
    expect(truth.candidate).toMatchObject({ colour: 'green', deployment: 'd-2' });
    expect(truth.fleets()).toHaveLength(2);
    expect(truth.recordedFleet?.name).toBe(truth.deployed?.record.fleet);
    const [blue = ''] = truth.weights?.keys() ?? [];
    expect(truth.targets(blue).map(({ state }) => state)).toEqual(['healthy', 'healthy']);
    expect(truth.targets('gone')).toEqual([]);
    await simulation.ending(second);
    expect(truth.deployed).toMatchObject({ version: 2, record: { colour: 'green', deployment: 'd-2' } });
  });
});

test('a worker has no weights', async () => {
  await simulate({ service: 'worker' }, async ({ truth }) => {
    expect(truth.weights).toBeUndefined();
  });
});

test('garbage in the record is no record: the one before it stays the truth', async () => {
  await simulate({}, async (simulation) => {
    const { truth, world } = simulation;
    await deployed(simulation);
    const name = '/holdfast/prod/web/deployed';
    const { Value } = world.ssm.getParameter({ Name: name }).Parameter ?? {};
    world.ssm.putParameter({ Name: name, Value: '{', Overwrite: true });
    expect(truth.deployed).toMatchObject({ version: 1, record: { deployment: 'd-1' } });
    world.ssm.putParameter({ Name: name, Value, Overwrite: true });
    expect(truth.deployed).toMatchObject({ version: 3, record: { deployment: 'd-1' } });
  });
});
