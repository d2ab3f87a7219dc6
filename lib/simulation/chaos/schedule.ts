import type { Step } from '../../rollout/contract.ts';

/** Faults of AWS calls. */
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

/** A fault of one call, or of a few consecutive ones. */
export interface CallFault {
  kind: CallFaultKind;
  /** The caller. `instance`: the agents. */
  of: Step | 'instance' | 'anybody';
  /** Number of matching calls that succeed first. */
  skip: number;
  times: number;
  /** Length of a delay, or the lag of a stale read. */
  milliseconds: number;
}

/** Acts from outside. */
export const actKinds = [
  'deploy',
  'deploy again',
  'deploy broken',
  'deploy overlay',
  'lose overlay',
  'stop',
  'redrive',
  'settle',
  'accept',
  'scale live',
  'scale candidate',
  'kill',
  'silence',
  'wipe',
  'refuse launches',
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
  'move weights',
] as const;
export type ActKind = (typeof actKinds)[number];

export interface Act {
  kind: ActKind;
  /** Waits until this step of any execution calls AWS, for a limited time. Left out: does not wait for a step. */
  at?: Step | undefined;
  /** Waits this long afterwards. */
  milliseconds: number;
  /** Chooses among the candidates of the act. */
  pick: number;
  /** Amount or duration, 0 to 1. Each act interprets it. */
  amount: number;
}

/** An instance that fails whatever its release. */
export interface Flaw {
  /** Index of the launch, counting from 0. */
  launch: number;
  outcome: 'dies' | 'breaks' | 'hangs';
}

/** One run of a service through adversity, as a value that can be printed, repeated and shrunk. */
export interface Schedule {
  /** Seed of everything random: boot times and pauses between attempts. */
  seed: number;
  service: 'web' | 'worker';
  capacity: { min: number; max: number };
  /** Boot time of the slowest instance. */
  bootSeconds: number;
  /** Time from the call of a function until its code runs. */
  transitMilliseconds: number;
  /** One event in this many is lost; 0: none. */
  losesEvents: number;
  flaws: Flaw[];
  faults: CallFault[];
  acts: Act[];
}

/** A schedule in lines for people. */
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
