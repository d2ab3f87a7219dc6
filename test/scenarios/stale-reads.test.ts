import type { Call, Staleness } from '../../lib/local-aws/model/faults.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { goodCalls } from '../support/story/calls.ts';
import { update } from '../support/story/permissions.ts';
import {
  deployed,
  live,
  quick,
  recorded,
  served,
  simulate,
  withoutStackTraces,
} from '../support/story/simulate.ts';

withoutStackTraces();

/** Reads of parameters lag; `which` chooses the calls. The result ends it. */
function lag({ world }: Simulation, stale: Staleness, which: (call: Call) => boolean = () => true) {
  return world.faults.add((call) =>
    call.operation === 'GetParameter' && which(call) ? { stale } : undefined,
  );
}

const readers = Object.entries(goodCalls)
  .filter(([, calls]) => (calls as readonly string[]).includes('GetParameter'))
  .map(([step]) => step);

test.each(readers)(
  '%s reads every parameter one version behind: releases are the ones that were asked for',
  async (step) => {
    await simulate(quick, async (simulation) => {
      update(simulation, (settings) => settings);
      await deployed(simulation);
      lag(simulation, { versions: 1 }, ({ caller, input }) => {
        const byVersion = String(input.Name).includes(':');
        return !byVersion && simulation.invocation(caller)?.step === step;
      });
      const v2 = await deployed(simulation);
      expect(served(simulation)).toEqual([v2, v2]);
      const v3 = await deployed(simulation);
      expect(served(simulation)).toEqual([v3, v3]);
    });
  },
);

test('reads of steps and instances lag 8 seconds: versions are asked for until they are there', async () => {
  await simulate(quick, async (simulation) => {
    await deployed(simulation);
    lag(simulation, { milliseconds: 8_000 });
    const v2 = await deployed(simulation);
    simulation.scale(live(simulation), 3);
    await simulation.rest();
    expect(served(simulation)).toEqual([v2, v2, v2]);
  });
});

test('reads lag longer than a step can wait: the deployment ends with the version that did not come', async () => {
  await simulate(quick, async (simulation) => {
    const v1 = await deployed(simulation);
    await simulation.time.advance(600_000);
    const catchUp = lag(simulation, { milliseconds: 120_000 });
    simulation.push();
    expect(await simulation.ending(simulation.deploy())).toMatchObject({
      status: 'FAILED',
      error: 'NothingRecorded',
      cause: expect.stringMatching(
        /^parameter \/holdfast\/prod\/web\/\w+: found no version 1 within 15 seconds; .+; evidence: s3:/,
      ),
    });
    catchUp();
    await simulation.rest();
    expect(recorded(simulation)).toBe(v1);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('settle machine that reads an old record: it settles to the version that the journal knows', async () => {
  await simulate(quick, async (simulation) => {
    update(simulation, (settings) => settings);
    await deployed(simulation);
    const v2 = await deployed(simulation);
    lag(simulation, { versions: 1 }, ({ input }) => !String(input.Name).includes(':'));
    expect(await simulation.ending(simulation.settle('by-hand'))).toMatchObject({ status: 'SUCCEEDED' });
    expect(recorded(simulation)).toBe(v2);
    expect(served(simulation)).toEqual([v2, v2]);
  });
});
