import { trySeed } from '../../../lib/simulation/chaos/try-seed.ts';
import { assembly } from '../../support/story/simulate.ts';

const count = 500;
const { stackTraceLimit } = Error;
beforeAll(() => {
  // The interpreter of the states language throws and catches to construct itself.
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

test(`${count} random schedules break no invariant`, async () => {
  for (let seed = 1; seed <= count; seed += 1) {
    const { failure } = await trySeed(seed, { assembly });
    expect(failure?.text).toBeUndefined();
  }
}, 900_000);
