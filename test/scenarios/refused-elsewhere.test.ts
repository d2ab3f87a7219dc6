import type { Ending } from '../../lib/local-aws/model/states/ending.ts';
import { rolloutSteps, type Step, settleSteps } from '../../lib/rollout/contract.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { abandoned, calling, refuse, settled } from '../support/story/faults.ts';
import {
  deployed,
  instances,
  quick,
  recorded,
  served,
  simulate,
  withoutStackTraces,
} from '../support/story/simulate.ts';
import { sample } from '../support/suite/sample.ts';

withoutStackTraces();

interface Story {
  service?: string;
  /** What has happened before. Default: nothing. */
  before?: (simulation: Simulation) => Promise<unknown>;
  story: (simulation: Simulation) => Promise<unknown>;
}

/** What a step calls in the course of a story. */
async function callsOf(step: Step, { service = 'web', before, story }: Story): Promise<string[]> {
  let operations: string[] = [];
  await simulate({ ...quick, service }, async (simulation) => {
    await before?.(simulation);
    const calls = calling(simulation);
    await story(simulation);
    operations = [...calls].flatMap((call) => call.split(`${step} `).slice(1)).sort();
  });
  expect(operations.length).toBeGreaterThan(1);
  return operations;
}

const refusal = {
  status: 'FAILED',
  error: 'AwsFailed',
  cause: expect.stringMatching(/^could not [^{}]+(AccessDenied|Unauthorized)[^{}]+$/),
};

test.each(sample(rolloutSteps, 1 / 6))(
  'first deployment, each call of %s refused: nothing is left of it',
  async (step) => {
    const operations = await callsOf(step, { story: deployed });
    await simulate(quick, async (simulation) => {
      for (const operation of operations) {
        expect(recorded(simulation)).toBeUndefined();
        const commit = simulation.push();
        const allow = refuse(simulation, [step, operation], 'refused for permission');
        expect(await simulation.ending(simulation.deploy())).toEqual(refusal);
        allow();
        await settled(simulation);
        const now = recorded(simulation);
        expect([undefined, step === 'record' ? commit : undefined]).toContain(now);
        expect(served(simulation)).toEqual(now === undefined ? [] : [now, now]);
        expect(simulation.truth.fleets()).toHaveLength(now === undefined ? 0 : 1);
      }
      await deployed(simulation);
    });
  },
);

/** Settles a deployment that was stopped; how that ended. */
async function settling(simulation: Simulation, name: string): Promise<Ending> {
  await abandoned(simulation);
  return simulation.ending(simulation.settle(name));
}

test.each(sample(['take-over', ...settleSteps] as const, 1 / 6))(
  'stopped deployment, each call of %s refused: the settle machine fails with it, the next one settles',
  async (step) => {
    const story = (simulation: Simulation) => settling(simulation, 'whole');
    const operations = await callsOf(step, { before: deployed, story });
    await simulate(quick, async (simulation) => {
      const v1 = await deployed(simulation);
      for (const operation of operations) {
        const allow = refuse(simulation, [step, operation], 'refused for permission');
        expect(await settling(simulation, operation)).toEqual(refusal);
        expect(served(simulation)).toHaveLength(2);
        allow();
        await settled(simulation);
        expect(recorded(simulation)).toBe(v1);
        expect(served(simulation)).toEqual([v1, v1]);
      }
    });
  },
);

const unbalanced = ['register', 'check-in-service', 'shift'];
const workerSteps = [...rolloutSteps, ...settleSteps].filter((step) => !unbalanced.includes(step));

test.each(sample(workerSteps, 1 / 6))(
  'worker, each call of %s refused: the recorded fleet works on',
  async (step) => {
    const service = 'worker';
    const operations = await callsOf(step, { service, before: deployed, story: deployed });
    await simulate({ ...quick, service }, async (simulation) => {
      await deployed(simulation);
      for (const operation of operations) {
        const before = recorded(simulation);
        const commit = simulation.push();
        const allow = refuse(simulation, [step, operation], 'refused for permission');
        expect(await simulation.ending(simulation.deploy())).toEqual(refusal);
        allow();
        await settled(simulation);
        expect([before, commit]).toContain(recorded(simulation));
        const colour = simulation.truth.deployed?.record.colour ?? 'blue';
        expect(instances(simulation, colour)).toHaveLength(2);
        expect(instances(simulation, colour === 'blue' ? 'green' : 'blue')).toEqual([]);
      }
    });
  },
);
