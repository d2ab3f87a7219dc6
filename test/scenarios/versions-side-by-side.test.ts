import { parameterNames, storeKeys } from '../../lib/config/resource-names.ts';
import { ruleWait } from '../../lib/rollout/contract.ts';
import type { Outcome } from '../../lib/simulation/hosts/outcome.ts';
import type { Simulation } from '../../lib/simulation/simulation.ts';
import { update } from '../support/story/permissions.ts';
import {
  byCommit,
  deployed,
  live,
  quick,
  recorded,
  served,
  simulate,
  withoutStackTraces,
} from '../support/story/simulate.ts';
import { states } from '../support/story/states.ts';
import { updateMachines, type Version } from '../support/story/versions.ts';
import { sample } from '../support/suite/sample.ts';

withoutStackTraces();

/** The machines of 0.1.0 do not wait for a load balancer that applies weights late. */
const prompt = { ...quick, timing: { ruleLag: 0 } };

const directions: [from: Version, to: Version][] = [
  ['before', 'present'],
  ['present', 'before'],
];

/** A later deployment under one version's machines; `at` hears of every state that it enters. */
async function begunUnder(
  version: Version,
  at: (simulation: Simulation, state: string) => void,
): Promise<string[]> {
  const entered: string[] = [];
  await simulate(prompt, async (simulation) => {
    updateMachines(simulation, version);
    await deployed(simulation);
    const commit = simulation.push();
    const execution = simulation.deploy();
    simulation.executions.entered = ({ info }, state) => {
      if (info.arn !== execution.info.arn || entered.includes(state)) return;
      entered.push(state);
      at(simulation, state);
    };
    const { status } = await simulation.ending(execution);
    await simulation.rest();
    const now = recorded(simulation);
    if (status === 'SUCCEEDED') expect(now).toBe(commit);
    expect(served(simulation)).toEqual([now, now]);
    const next = await deployed(simulation);
    expect(served(simulation)).toEqual([next, next]);
  });
  return entered;
}

test.each(directions)(
  'begun under the machines of the version %s: goes through the states below',
  async (from) => {
    expect((await begunUnder(from, () => undefined)).slice(0, -1)).toEqual(
      states['later deployment'].filter((state) => from === 'present' || state !== ruleWait),
    );
  },
);

const matrix = directions.flatMap(([from, to]) =>
  states['later deployment'].map((state): [Version, Version, string] => [from, to, state]),
);

test.each(sample(matrix, 1 / 8))(
  'begun under the version %s, updated to the version %s at %s: ends well, and so does the next one',
  async (from, to, state) => {
    await begunUnder(from, (simulation, entered) => {
      if (entered === state) updateMachines(simulation, to);
    });
  },
);

test.each(sample(matrix, 1 / 8))(
  'begun under the version %s, updated to the version %s at %s and stopped: settled by the other version',
  async (from, to, state) => {
    await begunUnder(from, (simulation, entered) => {
      if (entered !== state) return;
      updateMachines(simulation, to);
      for (const execution of simulation.executions.running()) simulation.abort(execution);
    });
  },
);

test('the version before does not know "unchanged": what serves is deployed again, as it was', async () => {
  await simulate(prompt, async (simulation) => {
    updateMachines(simulation, 'before');
    const v1 = await deployed(simulation);
    const fleet = live(simulation);
    expect(await simulation.ending(simulation.deploy())).toMatchObject({ status: 'SUCCEEDED' });
    expect(live(simulation)).not.toBe(fleet);
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('a failing deployment that began under the version before: refused with its reason, and settled', async () => {
  const outcomes = new Map<string, Outcome>();
  await simulate({ ...prompt, ...byCommit(outcomes) }, async (simulation) => {
    updateMachines(simulation, 'before');
    const v1 = await deployed(simulation);
    outcomes.set(simulation.push(), 'command fails');
    const execution = simulation.deploy();
    await simulation.done(execution, 'boot');
    updateMachines(simulation, 'present');
    expect(await simulation.ending(execution)).toMatchObject({ status: 'FAILED', error: 'CommandFailed' });
    expect(served(simulation)).toEqual([v1, v1]);
  });
});

test('a later version wrote the record, the settings and the journal, then came the way back: deploys and settles', async () => {
  await simulate(prompt, async (simulation) => {
    const later = { later: { of: 'another version' } };
    const { world, truth } = simulation;
    await deployed(simulation);
    const { deployed: name } = parameterNames(truth.environment, truth.service);
    const Value = JSON.stringify({ ...truth.deployed?.record, ...later });
    world.ssm.putParameter({ Name: name, Value, Overwrite: true });
    update(simulation, (settings) => ({ ...settings, rollout: { ...settings.rollout, ...later }, ...later }));
    const commit = simulation.push();
    const execution = simulation.deploy();
    await simulation.done(execution, 'check-health');
    const place = { Bucket: truth.settings.bucket, Key: storeKeys.journal(truth.service) };
    world.s3.putObject({ ...place, Body: JSON.stringify({ ...truth.journal, ...later }) });
    expect(await simulation.ending(execution)).toMatchObject({ status: 'SUCCEEDED' });
    expect(recorded(simulation)).toBe(commit);
    expect(truth.journal).toMatchObject({ state: 'closed', ...later });
    await deployed(simulation);
  });
});
