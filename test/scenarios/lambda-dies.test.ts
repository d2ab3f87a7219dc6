import { rolloutSteps, type Step } from '../../lib/rollout/contract.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { goodWrites, pairs } from '../support/story/calls.ts';
import { atWrite, dies, settled, writing } from '../support/story/faults.ts';
import {
  deployed,
  quick,
  recorded,
  served,
  simulate,
  withoutStackTraces,
} from '../support/story/simulate.ts';
import { sample } from '../support/suite/sample.ts';

withoutStackTraces();

/** Steps before the commit can only leave the release that served. */
const uncommitted: readonly string[] = rolloutSteps.filter((step) => step !== 'record');

/** Each write: its step, its operation, and the how manyeth it is. */
const writes = Object.entries(goodWrites).flatMap(([step, operations]) =>
  operations.map((operation, index): [Step, string, number] => [step as Step, operation, index + 1]),
);

test('the stories below are about each write of a good deployment', async () => {
  await simulate(quick, async (simulation) => {
    await deployed(simulation);
    const written = writing(simulation);
    await deployed(simulation);
    expect(written).toEqual(pairs(goodWrites).map((pair) => pair.join(' ')));
  });
});

/** All traffic is on what is recorded: the release before or the new one. */
function expectWhole(
  simulation: Simulation,
  step: Step,
  [before, commit]: [string | undefined, string],
): void {
  const now = recorded(simulation);
  if (uncommitted.includes(step)) expect(now).toBe(before);
  else if (step === 'record') expect([before, commit]).toContain(now);
  else expect(now).toBe(commit);
  expect(served(simulation)).toEqual([now, now]);
}

test.each(sample(writes, 1 / 6))('%s dies before and after its %s (write %i)', async (step, _, nth) => {
  await simulate(quick, async (simulation) => {
    await deployed(simulation);
    for (const when of ['before', 'after'] as const) {
      const before = recorded(simulation);
      const commit = simulation.push();
      atWrite(simulation, step, nth, dies[when]);
      expect(await simulation.ending(simulation.deploy())).toEqual({
        status: 'FAILED',
        error: 'Runtime.ExitError',
        cause: expect.stringMatching(/^a step ended without an answer[^{}]+ended before it answered/),
      });
      await settled(simulation);
      expectWhole(simulation, step, [before, commit]);
    }
    await deployed(simulation);
  });
});

test.each(sample(writes, 1 / 6))('%s is stopped with its %s on the way (write %i)', async (step, _, nth) => {
  await simulate(quick, async (simulation) => {
    await deployed(simulation);
    const before = recorded(simulation);
    const commit = simulation.push();
    const deployment = simulation.deploy();
    atWrite(simulation, step, nth, () => {
      simulation.abort(deployment);
      return { delayMilliseconds: 50_000 };
    });
    expect(await simulation.ending(deployment)).toEqual({ status: 'ABORTED' });
    await simulation.rest();
    expectWhole(simulation, step, [before, commit]);
    await deployed(simulation);
  });
});
