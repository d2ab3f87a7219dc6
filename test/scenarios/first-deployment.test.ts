import type { Outcome } from '../../lib/simulation/hosts/outcome.ts';
import { byCommit, deployed, recorded, served, simulate } from '../support/story/simulate.ts';

test('first deployment of a new service fails: nothing is left, nothing is recorded, the rule still answers itself', async () => {
  const outcomes = new Map<string, Outcome>();
  await simulate(byCommit(outcomes), async (simulation) => {
    outcomes.set(simulation.push(), 'never healthy');
    const ending = await simulation.ending(simulation.deploy());
    expect(ending).toMatchObject({ status: 'FAILED', error: 'NotHealthy' });
    expect(recorded(simulation)).toBeUndefined();
    expect(simulation.truth.fleets()).toEqual([]);
    expect(simulation.truth.weights?.size).toBe(0);
  });
});

test('after a first deployment that failed the next one succeeds', async () => {
  const outcomes = new Map<string, Outcome>();
  await simulate(byCommit(outcomes), async (simulation) => {
    outcomes.set(simulation.push(), 'unreachable');
    await simulation.ending(simulation.deploy());
    const v2 = await deployed(simulation);
    expect(served(simulation)).toEqual([v2, v2]);
  });
});

test('a template version that Auto Scaling does not find yet is waited for, and a lasting refusal is told', async () => {
  await simulate({ timing: { templateLag: 15_000 } }, async (simulation) => {
    const v1 = await deployed(simulation);
    expect(served(simulation)).toEqual([v1, v1]);
  });
  await simulate({ timing: { templateLag: 300_000 } }, async (simulation) => {
    simulation.push();
    expect(await simulation.ending(simulation.deploy())).toMatchObject({
      error: 'AwsFailed',
      cause: expect.stringMatching(
        /^could not create group .*: ValidationError: You must use a valid fully-formed/,
      ),
    });
  });
});

test('first deployment stopped after the shift: its traffic ends with it', async () => {
  await simulate({}, async (simulation) => {
    simulation.push();
    const first = simulation.deploy();
    await simulation.done(first, 'shift');
    simulation.abort(first);
    await simulation.rest();
    expect(recorded(simulation)).toBeUndefined();
    expect(simulation.truth.weights?.size).toBe(0);
  });
});
