import { accessDenied, internalError, throttlingError } from '../../local-aws/model/fault-errors.ts';
import type { Call, Fault } from '../../local-aws/model/faults.ts';
import { changes } from '../invariant-checker.ts';
import type { Invocation } from '../invocation.ts';
import type { Simulation } from '../simulation.ts';
import type { Counter } from './counter.ts';
import type { CallFault, CallFaultKind } from './schedule.ts';

/** A Lambda ends after a minute. By then its calls have happened or never will. Milliseconds. */
const longestLife = 58_000;

const stalling: ReadonlySet<string> = new Set([
  'GetParameter',
  'GetParameters',
  'DescribeExecution',
  'DescribeRules',
]);

interface Hit {
  call: Call;
  invocation: Invocation | undefined;
  /** As late as the fault says, within the life of the caller. */
  milliseconds: number;
}

/** Effect of each kind of fault on one call. */
const faults: Record<CallFaultKind, (hit: Hit) => Fault> = {
  throttled: ({ call }) => ({ error: throttlingError(call.service) }),
  'server error': () => ({ error: internalError() }),
  denied: ({ call }) => ({ error: accessDenied(call) }),
  'answer lost': () => ({ lost: internalError() }),
  'call delayed': ({ milliseconds }) => ({ delayMilliseconds: milliseconds }),
  'stale read': ({ milliseconds }) => ({ stale: { milliseconds } }),
  'Lambda died before a write': ({ invocation }) => {
    invocation?.kill();
    return { error: internalError() };
  },
  'Lambda died after a write': ({ invocation }) => {
    invocation?.kill();
    return {};
  },
  'late write': ({ invocation, milliseconds }) => {
    invocation?.kill();
    return { delayMilliseconds: milliseconds };
  },
};

/** Injects the planned faults into calls, and counts each. */
export function inject(simulation: Simulation, planned: readonly CallFault[], tally: Counter): void {
  const { world } = simulation;
  const since = new Map<string, number>();
  for (const fault of planned) {
    let skip = fault.skip;
    let left = fault.times;
    const remove = world.faults.add((call) => {
      const invocation = simulation.invocation(call.caller);
      if (!matchesFault(fault, call, invocation)) return undefined;
      if (skip-- > 0) return undefined;
      left -= 1;
      if (left <= 0) remove();
      tally.add(fault.kind);
      const life = (since.get(call.caller ?? '') ?? world.clock.now()) + longestLife - world.clock.now();
      const milliseconds = invocation ? Math.max(0, Math.min(fault.milliseconds, life)) : fault.milliseconds;
      return faults[fault.kind]({ call, invocation, milliseconds });
    });
  }
  world.faults.before = ({ caller = '' }) => {
    if (!since.has(caller)) since.set(caller, world.clock.now());
    return undefined;
  };
}

function matchesFault({ kind, of }: CallFault, call: Call, invocation: Invocation | undefined): boolean {
  if (call.caller === undefined) return false;
  if (of === 'instance' ? invocation !== undefined : of !== 'anybody' && invocation?.step !== of)
    return false;
  if (kind === 'stale read') return stalling.has(call.operation);
  return !isAboutWrites(kind) || (invocation !== undefined && changes(call));
}

function isAboutWrites(kind: CallFaultKind): boolean {
  return kind.startsWith('Lambda') || kind === 'late write';
}
