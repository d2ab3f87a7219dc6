import type { Step } from '../../lib/rollout/contract.ts';
import type { Outcome } from '../../lib/simulation/hosts/outcome.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { besides, otherCalls, pairs } from '../support/story/calls.ts';
import { calling, type Refusal, refusals, refuse } from '../support/story/faults.ts';
import {
  byCommit,
  deployed,
  quick,
  recorded,
  served,
  simulate,
  withoutStackTraces,
} from '../support/story/simulate.ts';

withoutStackTraces();

const { evidence, 'take-over': takeOver, sweep } = otherCalls;
const all = Object.keys(refusals) as Refusal[];

/** Deploys a commit whose instances fail; how it ended. */
async function failing(simulation: Simulation, outcomes: Map<string, Outcome>) {
  outcomes.set(simulation.push(), 'command fails');
  return simulation.ending(simulation.deploy());
}

/** A deployment that is stopped once its candidate has the traffic. */
async function stopped(simulation: Simulation): Promise<void> {
  simulation.push();
  const deployment = simulation.deploy();
  await simulation.done(deployment, 'shift');
  simulation.abort(deployment);
}

test('the stories below refuse each call of evidence, take-over and sweep', async () => {
  const outcomes = new Map<string, Outcome>();
  await simulate({ ...quick, ...byCommit(outcomes) }, async (simulation) => {
    await deployed(simulation);
    const calls = calling(simulation);
    await failing(simulation, outcomes);
    await stopped(simulation);
    await simulation.time.advance(120_000);
    const others = [...calls].filter((call) => /^(evidence|take-over|sweep) /.test(call));
    expect(others.sort()).toEqual(
      [...pairs(otherCalls), ...pairs(besides)].map((pair) => pair.join(' ')).sort(),
    );
  });
});

test.each(pairs({ evidence }))('%s: %s refused keeps neither the reason nor settle away', async (...call) => {
  const outcomes = new Map<string, Outcome>();
  await simulate({ ...quick, ...byCommit(outcomes) }, async (simulation) => {
    const v1 = await deployed(simulation);
    for (const refusal of all) {
      const allow = refuse(simulation, call, refusal);
      expect(await failing(simulation, outcomes)).toEqual({
        status: 'FAILED',
        error: 'CommandFailed',
        cause: expect.stringMatching(
          /the build command ended with code 1; (evidence: s3:\S+|the evidence could not be kept: could not [^{}]+)$/,
        ),
      });
      allow();
      expect(recorded(simulation)).toBe(v1);
      expect(served(simulation)).toEqual([v1, v1]);
    }
  });
});

test.each(pairs(besides))(
  '%s: %s refused keeps nothing from being settled',
  async (...call: [Step, string]) => {
    await simulate(quick, async (simulation) => {
      const v1 = await deployed(simulation);
      for (const refusal of all) {
        const allow = refuse(simulation, call, refusal);
        await stopped(simulation);
        await simulation.time.advance(600_000);
        expect(simulation.truth.journal?.state).toBe('closed');
        allow();
        expect(recorded(simulation)).toBe(v1);
        expect(served(simulation)).toEqual([v1, v1]);
      }
    });
  },
);

test.each(pairs({ 'take-over': takeOver, sweep }))(
  '%s: %s refused for a while: what was stopped is settled as soon as it may be',
  async (...call: [Step, string]) => {
    await simulate(quick, async (simulation) => {
      const v1 = await deployed(simulation);
      for (const refusal of all) {
        const allow = refuse(simulation, call, refusal);
        await stopped(simulation);
        await simulation.time.advance(600_000);
        expect(simulation.truth.journal?.state).toBe('open');
        allow();
        await simulation.time.advance(600_000);
        expect(simulation.truth.journal?.state).toBe('closed');
        expect(recorded(simulation)).toBe(v1);
        expect(served(simulation)).toEqual([v1, v1]);
      }
    });
  },
);
