import type { Step } from '../../rollout/contract.ts';

/** What goes wrong with calls of AWS. */
export const callFaults = [
  'throttled',
  'server error',
  'denied',
  'answer lost',
  'call delayed',
  'stale read',
  'Lambda died before a write',
  'Lambda died after a write',
  'late write',
] as const;
export type CallFaultKind = (typeof callFaults)[number];

/** One call, or a few in a row, that go wrong. */
export interface CallFault {
  kind: CallFaultKind;
  /** Whose calls. `instance`: those of the agents. */
  of: Step | 'instance' | 'anybody';
  /** As many of these calls go well before. */
  skip: number;
  times: number;
  /** Of delays, and how far a stale read lags behind. */
  milliseconds: number;
}

/** What is done from outside. */
export const actKinds = [
  'deploy',
  'deploy broken',
  'deploy overlay',
  'lose overlay',
  'stop',
  'redrive',
  'settle',
  'scale live',
  'scale candidate',
  'kill',
  'silence',
  'wipe',
  'git',
  'throttle all',
  'fail all',
  'deny all',
  'garble',
  'add repository',
  'change capacity',
  'change health check',
  'change template',
  'change drain time',
] as const;
export type ActKind = (typeof actKinds)[number];

export interface Act {
  kind: ActKind;
  /** Waits until this step of any execution calls AWS, if it does so soon. Left out: does not wait for one. */
  at?: Step | undefined;
  /** Waits so long then. */
  milliseconds: number;
  /** Chooses among what there is. */
  pick: number;
  /** How many, how long: each act says what it makes of it. 0 to 1. */
  amount: number;
}

/** An instance that goes wrong, whatever its release. */
export interface Flaw {
  /** The how manieth that is launched. */
  launch: number;
  outcome: 'dies' | 'breaks' | 'hangs';
}

/** One run of a service through adversity: a value, so that it can be printed, repeated and made smaller. */
export interface Schedule {
  /** Of what is left to chance: boot times and pauses between attempts. */
  seed: number;
  service: 'web' | 'worker';
  capacity: { min: number; max: number };
  /** The slowest instance boots so long. */
  bootSeconds: number;
  /** From the call of a function until its code runs. */
  transitMilliseconds: number;
  /** One event in so many is lost; 0: none. */
  losesEvents: number;
  flaws: Flaw[];
  faults: CallFault[];
  acts: Act[];
}

/** A schedule in lines, for people. */
export function describeSchedule({ flaws, faults, acts, ...rest }: Schedule): string {
  const lines = [
    ...Object.entries(rest).map(([key, value]) => `${key} ${JSON.stringify(value)}`),
    ...flaws.map(({ launch, outcome }) => `instance ${launch} ${outcome}`),
    ...faults.map(describeFault),
    ...acts.map(describeAct),
  ];
  return lines.map((line) => `  ${line}`).join('\n');
}

function describeFault({ kind, of, skip, times, milliseconds }: CallFault): string {
  return `${kind}: ${times} x for ${of} after ${skip} calls (${milliseconds} ms)`;
}

function describeAct({ kind, at, milliseconds, pick, amount }: Act): string {
  return `${at ? `at ${at}, ` : ''}after ${milliseconds} ms: ${kind} (${pick}, ${amount.toFixed(2)})`;
}
