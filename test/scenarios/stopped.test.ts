import { dieAt } from '../../lib/simulation/interruptions.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { deployed, recorded, served, simulate } from '../support/story/simulate.ts';

/** Which commit production and the record have in the end. */
function expectAll(simulation: Simulation, commit: string): void {
  expect(recorded(simulation)).toBe(commit);
  expect(served(simulation)).toEqual([commit, commit]);
}

test('execution stopped after record: settle goes forward to the new release', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const v2 = simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'record');
    simulation.abort(second);
    await simulation.rest();
    expectAll(simulation, v2);
  });
});

test('execution stopped before record: settle goes back to the recorded release', async () => {
  await simulate({}, async (simulation) => {
    const v1 = await deployed(simulation);
    simulation.push();
    const second = simulation.deploy();
    await simulation.done(second, 'shift');
    expect(served(simulation)).not.toContain(v1);
    simulation.abort(second);
    await simulation.rest();
    expectAll(simulation, v1);
  });
});

test('record dies between journal and parameter: settle publishes the commit', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const v2 = simulation.push();
    const second = simulation.deploy();
    dieAt(simulation, { step: 'record', operation: 'PutParameter' }, 'before');
    const ending = await simulation.ending(second);
    expect(ending).toMatchObject({ status: 'FAILED', error: 'Runtime.ExitError' });
    await simulation.rest();
    expectAll(simulation, v2);
  });
});

test('record dies right after it published: nothing is published twice', async () => {
  await simulate({}, async (simulation) => {
    await deployed(simulation);
    const v2 = simulation.push();
    const second = simulation.deploy();
    dieAt(simulation, { step: 'record', operation: 'PutParameter' }, 'after');
    await simulation.ending(second);
    await simulation.rest();
    expectAll(simulation, v2);
    expect(simulation.truth.deployed?.version).toBe(2);
  });
});
