import { runSchedule } from '../../../lib/simulation/chaos/run-schedule.ts';
import type { Act, Schedule } from '../../../lib/simulation/chaos/schedule.ts';
import { assembly } from '../../support/story/simulate.ts';

const act = (given: Partial<Act>): Act => ({
  kind: 'deploy',
  milliseconds: 0,
  pick: 0,
  amount: 0.5,
  ...given,
});

const calm: Schedule = {
  seed: 1,
  service: 'web',
  capacity: { min: 2, max: 4 },
  bootSeconds: 20,
  transitMilliseconds: 50,
  losesEvents: 0,
  flaws: [],
  faults: [],
  acts: [act({})],
};

test('counts the call that goes wrong, and how often', async () => {
  const faults: Schedule['faults'] = [{ kind: 'throttled', of: 'boot', skip: 1, times: 3, milliseconds: 1 }];
  const { injected, violations } = await runSchedule({ ...calm, faults }, { assembly });
  expect(violations).toEqual([]);
  expect(injected).toEqual({ deployment: 1, throttled: 3 });
});

test('counts what is done from outside at a step, and tells it', async () => {
  const acts = [
    act({}),
    act({ milliseconds: 100_000 }),
    act({ kind: 'stop', at: 'shift' }),
    act({ kind: 'redrive' }),
  ];
  const { injected, violations, story } = await runSchedule({ ...calm, acts }, { assembly }, true);
  expect(violations).toEqual([]);
  expect(injected).toMatchObject({ deployment: 2, 'execution stopped': 1, 'execution redriven': 1 });
  expect(story).toContain('*** stop: execution stopped');
});

test.each([
  'scale live',
  'kill',
  'silence',
  'wipe',
  'git',
  'throttle all',
  'fail all',
  'deny all',
  'garble',
  'settle',
  'lose overlay',
  'deploy overlay',
] as const)('%s leaves nothing broken', async (kind) => {
  const acts = [act({}), act({ kind, milliseconds: 90_000 }), act({ milliseconds: 5_000 })];
  expect((await runSchedule({ ...calm, acts }, { assembly })).violations).toEqual([]);
});

test.each([
  'change capacity',
  'change health check',
  'change template',
  'change drain time',
  'add repository',
] as const)('%s in the middle of a deployment leaves nothing broken', async (kind) => {
  const acts = [act({}), act({ milliseconds: 90_000 }), act({ kind, at: 'check-health' })];
  expect((await runSchedule({ ...calm, acts }, { assembly })).violations).toEqual([]);
});

test('an instance that goes wrong, a release that does, and lost events are counted', async () => {
  const flaws: Schedule['flaws'] = [{ launch: 0, outcome: 'dies' }];
  const acts = [act({}), act({ kind: 'deploy broken', milliseconds: 200_000 })];
  const { injected, violations } = await runSchedule({ ...calm, flaws, acts, losesEvents: 1 }, { assembly });
  expect(violations).toEqual([]);
  expect(injected).toMatchObject({ 'instance dies': 1, 'release never healthy': 1 });
  expect(injected['event lost']).toBeGreaterThan(0);
});
