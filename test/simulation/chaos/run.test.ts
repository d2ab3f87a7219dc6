import { injectedKinds } from '../../../lib/simulation/chaos/injected.ts';
import { run } from '../../../lib/simulation/chaos/run.ts';
import { assembly } from '../../support/story/simulate.ts';

test('workers share the schedules, and what they injected is added up', async () => {
  const result = await run({
    assembly,
    seed: 1,
    schedules: 6,
    workers: 2,
    failed: ({ text }) => {
      throw new Error(text);
    },
    reached: () => undefined,
  });
  expect(result).toMatchObject({ schedules: 6, violations: 0 });
  expect(Object.keys(result.injected)).toEqual(expect.arrayContaining([...injectedKinds]));
  expect(result.injected.deployment).toBeGreaterThanOrEqual(6);
});
