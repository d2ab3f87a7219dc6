import { trySeed } from '../../../lib/simulation/chaos/try-seed.ts';
import { assembly } from '../../support/story/simulate.ts';
import { sample } from '../../support/suite/sample.ts';

const all = Array.from({ length: 500 }, (_, index) => index + 1);
const seeds = sample(all, 1 / 20);
const { stackTraceLimit } = Error;
beforeAll(() => {
  // The interpreter of the states language throws and catches to construct itself.
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

test(`${seeds.length} random schedules break no invariant`, async () => {
  for (const seed of seeds) {
    const { failure } = await trySeed(seed, { assembly });
    expect(failure?.text).toBeUndefined();
  }
}, 900_000);
