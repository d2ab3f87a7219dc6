/**
 * What the states of the workflow hand to each other. The definition, the handlers, the rehearsal and the tests use
 * these types and nothing else. The plan of a deployment lives in the journal; states carry only what a Choice needs.
 */
import type { ErrorName } from '../release/errors.ts';

/** States that call a Lambda of the same name, in order. */
export const rolloutSteps = [
  'prepare',
  'boot',
  'check-health',
  'register',
  'check-in-service',
  'shift',
  'record',
] as const;
export const settleSteps = [
  'restore',
  'drain',
  'check-drained',
  'terminate',
  'check-terminated',
  'close',
] as const;
/** `take-over` starts the settle machine, `evidence` stands between a failure and settle, `sweep` starts settle machines. */
export const otherSteps = ['take-over', 'evidence', 'sweep'] as const;
export type RolloutStep = (typeof rolloutSteps)[number];
export type SettleStep = (typeof settleSteps)[number];
export type Step = RolloutStep | SettleStep | (typeof otherSteps)[number];

/** Input of the rollout machine. Anything else is refused by name. */
export interface DeploymentInput {
  service: string;
  /** Of the primary repository, or by repository. */
  branch?: string | Record<string, string>;
  commit?: string | Record<string, string>;
  /** Key in the store bucket, or `none`. */
  overlay?: string | Record<string, string>;
  reason?: string;
  by?: string;
}

/** Input of the settle machine. */
export interface SettleInput {
  service: string;
  reason: string;
}

/** Who runs: taken from the context object of the execution. */
export interface ExecutionContext {
  /** ARN. */
  execution: string;
  /** Name: the name of the deployment. */
  deployment: string;
}

/** Bounds of a wait: result of a step that starts something that the next step waits for. */
export interface Started {
  /** When waiting ends, ISO 8601. */
  deadline: string;
  /** How far a check may move the deadline, because it had to start more; ISO 8601. */
  latest: string;
}

/** Answer of a step that may have to wait; the next look gets its bounds back. Nothing throws to mean "not yet". */
export interface Answer extends Started {
  outcome: 'ready' | 'waiting' | 'overdue';
  /** What is still missing, in one sentence; empty when ready. */
  because: string;
  /** Name of the failure when overdue. */
  error: ErrorName;
  /** Seconds until the next look. */
  poll: number;
}

/** Input of `prepare` and `take-over`. */
export interface StartEvent extends ExecutionContext {
  input: unknown;
  /** Of the execution, ISO 8601. */
  startedAt: string;
}

/** Result of `prepare`; `waiting` while the remains of an earlier deployment are being settled. */
export interface Plan {
  outcome: 'ready' | 'waiting';
  because: string;
  /** Whether the service stands behind the load balancer. */
  balanced: boolean;
  poll: number;
}

/** Result of `take-over`. */
export interface TakenOver {
  /** `wait`: a Lambda of the former owner may still run; `nothing`: someone else is at it. */
  outcome: 'ready' | 'wait' | 'nothing';
  because: string;
}

/** Input of every later step. */
export interface StepEvent extends ExecutionContext {
  service: string;
}

/** Input of a check: the result of the step before the loop, then of the last look. */
export interface CheckEvent extends StepEvent {
  wait: Started;
}

/** The Error and Cause as a Catch gives them, or as an overdue wait built them. */
export interface Caught {
  Error?: string;
  Cause?: string;
}

/** Input of `evidence`. */
export interface EvidenceEvent extends ExecutionContext {
  /** Of the execution; whatever was refused may stand there. */
  input: unknown;
  /** What the execution has come to. */
  state: {
    /** Why the deployment failed. */
    failure?: Caught;
    /** Why it, or what settles, could not settle. */
    unsettled?: Caught;
  };
}

/** What went wrong, for the Fail state. */
export interface Failure {
  Error: string;
  /** One sentence; ends with where the evidence is. */
  Cause: string;
  /** Whether this execution owns the journal and so has to settle. */
  settle: boolean;
}
