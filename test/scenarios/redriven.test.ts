import type { Outcome } from '../../lib/simulation/hosts/outcome.ts';
import { refuse, writing } from '../support/story/faults.ts';
import { byCommit, deployed, recorded, served, simulate } from '../support/story/simulate.ts';

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

test('redriven after it failed and settled: it fails again for the same reason and touches nothing', async () => {
  const outcomes = new Map<string, Outcome>();
  await simulate(byCommit(outcomes), async (simulation) => {
    const v1 = await deployed(simulation);
    outcomes.set(simulation.push(), 'command fails');
    const second = simulation.deploy();
    const ending = await simulation.ending(second);
    const written = writing(simulation);
    expect(await simulation.ending(simulation.redrive(second))).toEqual(ending);
    expect(written).toEqual([]);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('redriven after it could not settle: it ends as it did, and the sweep settles', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const v2 = simulation.push();
    const allow = refuse(simulation, ['terminate', 'UpdateAutoScalingGroup'], 'refused for permission');
    const second = simulation.deploy();
    const ending = await simulation.ending(second);
    allow();
    expect(await simulation.ending(simulation.redrive(second))).toEqual(ending);
    await simulation.rest();
    expect(served(simulation)).toEqual([v2, v2]);
  });
});

test('settle machine redriven while another settles: one of them acts', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'shift');
    simulation.world.events.lose = () => true;
    simulation.abort(second);
    const first = simulation.settle('by-hand');
    await simulation.begins(first, 'restore');
    simulation.abort(first);
    await simulation.time.advance(1_000);
    const other = simulation.settle('again');
    await simulation.begins(other, 'restore');
    const redriven = simulation.redrive(first);
    expect(await simulation.ending(other)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await simulation.ending(redriven)).toMatchObject({ status: 'FAILED', error: 'JournalLost' });
    expect(served(simulation)).toEqual([v1, v1]);
  });
});
