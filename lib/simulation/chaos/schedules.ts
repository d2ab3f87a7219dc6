import * as fc from 'fast-check';
import { rolloutSteps, type Step, settleSteps } from '../../rollout/contract.ts';
import { type Act, type ActKind, actKinds, type CallFault, callFaults, type Schedule } from './schedule.ts';

/** Steps that change something, in order. */
const steps: readonly Step[] = [...rolloutSteps, ...settleSteps, 'take-over', 'evidence'];

const pauses = fc.oneof(
  fc.constantFrom(0, 50, 500),
  fc.integer({ min: 1_000, max: 30_000 }),
  fc.integer({ min: 1_000, max: 200_000 }),
);

/** A part of a whole. Shrinks to nothing. */
const share = fc.nat({ max: 100 }).map((percent) => percent / 100);

export function act(
  kind: fc.Arbitrary<ActKind>,
  at: fc.Arbitrary<Step | undefined>,
  milliseconds = pauses,
): fc.Arbitrary<Act> {
  return fc.record({ kind, at, milliseconds, pick: fc.nat({ max: 11 }), amount: share });
}

export function callFault(
  kind: CallFault['kind'],
  of: fc.Arbitrary<CallFault['of']>,
  skip: number,
): fc.Arbitrary<CallFault> {
  // Ten throttled attempts, and one more: the SDK gives up.
  const times =
    kind.startsWith('Lambda') || kind === 'late write' ? fc.constant(1) : fc.integer({ min: 1, max: 11 });
  const milliseconds = fc.integer({ min: 1, max: 30_000 });
  return fc.record({ kind: fc.constant(kind), of, skip: fc.nat({ max: skip }), times, milliseconds });
}

const anyFault = fc
  .constantFrom(...callFaults)
  .chain((kind) =>
    fc.oneof(
      callFault(kind, fc.constantFrom(...steps), 6),
      callFault(kind, fc.constantFrom('anybody', 'instance'), 60),
    ),
  );

const anyAct = fc.oneof(
  { weight: 2, arbitrary: act(fc.constant('deploy'), fc.constant(undefined)) },
  {
    weight: 3,
    arbitrary: act(fc.constantFrom(...actKinds), fc.option(fc.constantFrom(...steps), { nil: undefined })),
  },
);

/** A first deployment at once: there is nothing to break before it. */
const first: fc.Arbitrary<Act> = fc.constant({ kind: 'deploy', milliseconds: 0, pick: 0, amount: 0 });

/** Everything in a schedule besides its faults and acts. */
const frame = fc.record({
  seed: fc.nat({ max: 0xffff }),
  service: fc.oneof(
    { weight: 4, arbitrary: fc.constant('web') },
    { weight: 1, arbitrary: fc.constant('worker') },
  ),
  capacity: fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.nat({ max: 4 }))
    .map(([min, more]) => ({ min, max: min + more })),
  bootSeconds: fc.integer({ min: 5, max: 60 }),
  transitMilliseconds: fc.integer({ min: 10, max: 200 }),
  losesEvents: fc.constantFrom(0, 0, 1, 2),
  flaws: fc.array(
    fc.record({ launch: fc.nat({ max: 20 }), outcome: fc.constantFrom('dies', 'breaks', 'hangs') }),
    { maxLength: 2 },
  ),
}) as fc.Arbitrary<Omit<Schedule, 'faults' | 'acts'>>;

export function schedule(
  faults: fc.Arbitrary<CallFault[]>,
  acts: fc.Arbitrary<Act[]>,
): fc.Arbitrary<Schedule> {
  return fc
    .tuple(frame, faults, first, acts)
    .map(([given, some, beginning, others]) => ({ ...given, faults: some, acts: [beginning, ...others] }));
}

/** Anything at any time. */
export const wild = schedule(
  fc.array(anyFault, { maxLength: 8 }),
  fc.array(anyAct, { minLength: 1, maxLength: 9 }),
);
