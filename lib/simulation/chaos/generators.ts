import * as fc from 'fast-check';
import { rolloutSteps, type Step, settleSteps } from '../../rollout/contract.ts';
import type { Act, ActKind, Schedule } from './schedule.ts';
import { act, callFault, schedule, wild } from './schedules.ts';

/** Steps of a deployment that has a journal. */
const rollout = rolloutSteps.filter((step) => step !== 'prepare');
const settle = settleSteps;

const actionsOf = <T extends string>(...values: T[]) => fc.constantFrom(...values);
const moments = (most: number) => fc.nat({ max: most });

/** The second deployment usually begins long after the first has ended. */
const second = act(
  actionsOf<ActKind>('deploy', 'deploy', 'deploy overlay'),
  fc.constant(undefined),
  fc.integer({ min: 100_000, max: 400_000 }),
);

function inTurn(...acts: fc.Arbitrary<Act>[]): fc.Arbitrary<Act[]> {
  return fc.tuple(second, ...acts).map(([beginning, ...others]) => [beginning, ...others]);
}

/** A write of a step reaches AWS late, and meanwhile the execution is stopped: another one settles. */
const lateWriters = schedule(
  fc.tuple(
    callFault('late write', actionsOf(...rollout, ...settle), 6),
    callFault('call delayed', actionsOf(...rollout, ...settle), 6),
  ),
  inTurn(
    act(actionsOf<ActKind>('stop'), actionsOf(...rollout, ...settle), moments(2_000)),
    act(actionsOf<ActKind>('settle', 'deploy', 'redrive'), fc.constant(undefined), moments(90_000)),
  ),
);

/** Sizes change while a deployment depends on them. Nothing else happens. */
const growth = schedule(
  fc.constant([]),
  inTurn(
    act(
      actionsOf<ActKind>('scale live', 'change capacity'),
      actionsOf<Step>('boot', 'check-health', 'register'),
      moments(5_000),
    ),
    act(
      actionsOf<ActKind>('scale live', 'scale candidate', 'change capacity'),
      actionsOf(...rollout, ...settle),
      moments(5_000),
    ),
  ),
).map((given) => ({ ...given, flaws: [] }));

/** Instances of the live or future fleet fail while traffic moves there or back. */
const losses = schedule(
  fc.array(callFault('server error', actionsOf(...settle), 6), { maxLength: 1 }),
  inTurn(
    act(actionsOf<ActKind>('silence', 'kill'), actionsOf<Step>('shift', 'record', 'restore'), moments(3_000)),
    act(
      actionsOf<ActKind>('stop', 'silence', 'kill'),
      actionsOf<Step>('shift', 'record', 'restore', 'drain'),
      moments(3_000),
    ),
    act(
      actionsOf<ActKind>('silence', 'kill', 'stop'),
      actionsOf<Step>('restore', 'drain', 'terminate'),
      moments(3_000),
    ),
  ),
);

/**
 * A deployment fails after the traffic has moved, and the fleet to return to has lost instances: new ones boot
 * slowly.
 */
const wayBack = schedule(
  fc.constant([]),
  inTurn(
    act(actionsOf<ActKind>('kill', 'kill', 'scale candidate'), actionsOf<Step>('shift'), moments(5)),
    act(actionsOf<ActKind>('kill'), fc.constant(undefined), moments(5)),
    act(actionsOf<ActKind>('deny all', 'deny all', 'stop'), fc.constant(undefined), moments(5)),
  ),
).map((given) => ({ ...given, bootSeconds: 90 }));

/** An impatient person stops and redrives at every state. */
const impatience = schedule(
  fc.array(callFault('Lambda died after a write', actionsOf(...rollout, ...settle), 4), { maxLength: 2 }),
  inTurn(
    act(actionsOf<ActKind>('stop'), actionsOf(...rollout, ...settle), moments(1_000)),
    act(actionsOf<ActKind>('redrive', 'settle', 'deploy'), fc.constant(undefined), moments(100_000)),
    act(actionsOf<ActKind>('stop', 'redrive'), actionsOf(...settle), moments(10_000)),
  ),
);

/** All kinds of schedules: anything at any time, and those aimed at one kind of trouble. */
export const schedules: fc.Arbitrary<Schedule> = fc.noBias(
  fc.oneof(
    { weight: 8, arbitrary: wild },
    { weight: 2, arbitrary: lateWriters },
    { weight: 2, arbitrary: growth },
    { weight: 1, arbitrary: losses },
    { weight: 2, arbitrary: wayBack },
    { weight: 1, arbitrary: impatience },
  ),
);
