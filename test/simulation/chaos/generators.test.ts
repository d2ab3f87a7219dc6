import * as fc from 'fast-check';
import { rolloutSteps, settleSteps } from '../../../lib/rollout/contract.ts';
import { schedules } from '../../../lib/simulation/chaos/generators.ts';
import { actKinds, callFaults } from '../../../lib/simulation/chaos/schedule.ts';

const sample = fc.sample(schedules, { seed: 1, numRuns: 400 });

test('every kind of fault and of act stands in some schedule', () => {
  expect(new Set(sample.flatMap(({ faults }) => faults.map(({ kind }) => kind)))).toEqual(
    new Set(callFaults),
  );
  expect(new Set(sample.flatMap(({ acts }) => acts.map(({ kind }) => kind)))).toEqual(new Set(actKinds));
});

test('every step that has a journal is aimed at', () => {
  const aimed = new Set(
    sample.flatMap(({ faults, acts }) => [...faults.map(({ of }) => of), ...acts.map(({ at }) => at)]),
  );
  const steps = [...rolloutSteps, ...settleSteps].filter((step) => step !== 'prepare');
  expect(steps.filter((step) => !aimed.has(step))).toEqual([]);
});

test('every schedule begins with a deployment', () => {
  expect(sample.every(({ acts }) => acts[0]?.kind === 'deploy')).toBe(true);
});

test('a seed gives the same schedule again', () => {
  expect(fc.sample(schedules, { seed: 1, numRuns: 400 })).toEqual(sample);
});
