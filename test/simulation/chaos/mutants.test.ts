import { type Failure, trySeed } from '../../../lib/simulation/chaos/try-seed.ts';
import type { SimulationOptions } from '../../../lib/simulation/options.ts';
import {
  blind,
  careless,
  eager,
  early,
  gullible,
  hasty,
  idle,
  impatient,
  small,
  unowned,
} from '../../support/story/broken-steps.ts';
import { assembly } from '../../support/story/simulate.ts';
import { sample } from '../../support/suite/sample.ts';

const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

const most = 200;

/** The first random schedule that breaks an invariant when steps are broken. */
async function found(invariant: string, broken: SimulationOptions['steps']): Promise<Failure> {
  for (let seed = 1; seed <= most; seed += 1) {
    const { failure } = await trySeed(seed, { assembly, steps: broken }, 10);
    if (failure?.invariants.includes(invariant)) return failure;
  }
  throw new Error(`none of ${most} schedules broke ${invariant}`);
}

const mutants: [invariant: string, what: string, broken: SimulationOptions['steps']][] = [
  ['rest', 'closes before the other fleets have ended', { 'check-terminated': blind, sweep: idle }],
  ['requests', 'shifts before targets are healthy', { 'check-in-service': blind, shift: gullible('shift') }],
  ['capacity', 'shifts without looking at capacity', { 'check-in-service': blind, shift: gullible('shift') }],
  ['commits', 'commits before the traffic has moved', { shift: blind, record: early }],
  ['capacity', 'settles without looking at capacity', { restore: careless('restore') }],
  ['requests', 'drains before the weights have moved', { restore: eager }],
  ['requests', 'drains before the load balancer has applied the weights', { restore: impatient }],
  [
    'progress',
    'never raises the candidate',
    { 'check-health': small('check-health'), 'check-in-service': small('check-in-service') },
  ],
  ['owner', 'boots without asking whose the journal is', { boot: unowned('boot'), 'take-over': hasty }],
];

test.each(sample(mutants, 1 / 8))(
  '%s: random schedules find a workflow that %s',
  async (invariant, _, broken) => {
    const { seed, text } = await found(invariant, broken);
    expect(text).toContain(`seed ${seed} breaks`);
    expect(text).toContain(invariant === 'progress' ? 'begins' : `VIOLATION of ${invariant}`);
  },
  600_000,
);
