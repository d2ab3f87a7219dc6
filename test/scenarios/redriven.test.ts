import { deployed, recorded, served, simulate } from './simulate.ts';

test.each(['prepare', 'boot', 'check-health', 'register', 'shift'] as const)(
  'redriven after it was stopped at %s and settled: refused, nothing is touched',
  async (step) => {
    await simulate({}, async (simulation) => {
      const v1 = await deployed(simulation);
      simulation.push();
      const second = simulation.deploy();
      await simulation.begins(second, step);
      simulation.abort(second);
      await simulation.rest();
      const ending = await simulation.ending(simulation.redrive(second));
      expect(ending).toMatchObject({ status: 'FAILED', error: 'JournalLost' });
      expect(recorded(simulation)).toBe(v1);
      expect(served(simulation)).toEqual([v1, v1]);
    });
  },
);

test('redriven while another deployment runs: refused, the other goes on', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    simulation.push();
    const second = simulation.deploy();
    await simulation.begins(second, 'boot');
    simulation.abort(second);
    await simulation.rest();
    const v3 = simulation.push();
    const third = simulation.deploy();
    await simulation.done(third, 'check-health');
    const ending = await simulation.ending(simulation.redrive(second));
    expect(ending).toMatchObject({ status: 'FAILED', error: 'JournalLost' });
    expect(await simulation.ending(third)).toMatchObject({ status: 'SUCCEEDED' });
    expect(served(simulation)).toEqual([v3, v3]);
  });
});

test('redriven before anybody took the journal over: it goes on where it was', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    simulation.world.events.lose = () => true;
    const v2 = simulation.push();
    const second = simulation.deploy();
    await simulation.begins(second, 'register');
    simulation.abort(second);
    const ending = await simulation.ending(simulation.redrive(second));
    expect(ending).toMatchObject({ status: 'SUCCEEDED' });
    expect(served(simulation)).toEqual([v2, v2]);
  });
});
