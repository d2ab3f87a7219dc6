import { deployed, live, outputOf, recorded, served, simulate } from '../support/story/simulate.ts';

test('a first deployment puts the service into production', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    expect(recorded(simulation)).toBe(v1);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('a good deployment replaces the fleet, one colour after the other', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    expect(simulation.truth.deployed?.record.colour).toBe('blue');
    const v2 = await deployed(simulation);
    expect(simulation.truth.deployed?.record.colour).toBe('green');
    expect(served(simulation)).toEqual([v2, v2]);
    const v3 = await deployed(simulation);
    expect(simulation.truth.deployed?.record.colour).toBe('blue');
    expect(served(simulation)).toEqual([v3, v3]);
  });
});

test('the output says what was deployed, and how long it took', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const commit = simulation.push();
    const begun = simulation.time.now();
    const output = await outputOf(simulation, simulation.deploy());
    expect(output).toMatchObject({
      service: 'web',
      version: 2,
      result: 'deployed',
      release: { site: { commit } },
    });
    expect(output.fleet).toBe(live(simulation));
    expect(output.release).toEqual(simulation.truth.deployed?.record.release);
    expect(output.seconds).toBe(Math.round((simulation.time.now() - begun) / 1000));
    expect(await outputOf(simulation, simulation.settle('by-hand'))).toMatchObject({
      version: 2,
      result: 'returned',
    });
  });
});

test('the instances of a fleet may be ready at very different times', async () => {
  let count = 0;
  const bootSeconds = () => 20 + 40 * (count++ % 5);
  const settings = { capacity: { min: 5, max: 8 } };
  await simulate({ bootSeconds, settings: (given) => ({ ...given, ...settings }) }, async (simulation) => {
    await deployed(simulation);
    const v2 = await deployed(simulation);
    expect(served(simulation)).toEqual([v2, v2, v2, v2, v2]);
  });
});

test('a deployment beyond booting, the lag of the load balancer and draining takes less than 30 seconds', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const begin = simulation.time.now();
    await deployed(simulation);
    const ruleAndDrain = 30 + 30;
    const waits = 0.5 + 20 + 10 + ruleAndDrain;
    expect((simulation.time.now() - begin) / 1000 - waits).toBeLessThan(30);
  });
});

test('a service of a single instance is deployed beside itself', async () => {
  await simulate({ service: 'metrics' }, async (simulation) => {
    await deployed(simulation);
    const v2 = await deployed(simulation);
    expect(served(simulation)).toEqual([v2]);
  });
});
