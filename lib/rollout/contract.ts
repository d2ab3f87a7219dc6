/**
 * Data that the states of the workflow pass to each other. The definition, the handlers, the rehearsal and the tests
 * use these types and nothing else. The plan of a deployment is in the journal; states carry only what a Choice
 * needs.
 */
import type { ErrorName } from '../release/errors.ts';
import type { Release } from '../release/release.ts';

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
/**
 * `take-over` starts the settle machine, `evidence` runs between a failure and settle, `sweep` starts settle
 * machines.
 */
export const otherSteps = ['take-over', 'evidence', 'sweep'] as const;
/** State that waits until the load balancer applies the weights that `restore` left, before `drain`. */
export const ruleWait = 'wait for the rule';
export type RolloutStep = (typeof rolloutSteps)[number];
export type SettleStep = (typeof settleSteps)[number];
export type Step = RolloutStep | SettleStep | (typeof otherSteps)[number];

/** Input of the rollout machine. Anything else is refused by name. */
export interface DeploymentInput {
  service: string;
  /** For the primary repository, or by repository. */
  branch?: string | Record<string, string>;
  commit?: string | Record<string, string>;
  /** Key in the store bucket, or `none`. */
  overlay?: string | Record<string, string>;
  /** Of `deployed`: the whole record is deployed. */
  version?: number;
  /** The version that `deployed` has to have; 0: never deployed. */
  ifRecord?: number;
  /** Whether machines are replaced although all is as asked. Default: false. */
  replace?: boolean;
  reason?: string;
  by?: string;
}

/** Input of the settle machine. */
export interface SettleInput {
  service: string;
  reason: string;
  /** `accept`: records the candidate that serves instead of the recorded release. Default: `settle`. */
  action?: 'settle' | 'accept';
}

/** The running execution, from its context object. */
export interface ExecutionContext {
  /** ARN. */
  execution: string;
  /** Name: the name of the deployment. */
  deployment: string;
}

/** Bounds of a wait. Result of a step that starts something the next step waits for. */
export interface Started {
  /** When waiting ends, ISO 8601. */
  deadline: string;
  /** How far a check may move the deadline when it had to start more; ISO 8601. */
  latest: string;
}

/** Answer of a step that may have to wait. The next look gets its bounds back. Nothing throws to mean "not yet". */
export interface Answer extends Started {
  outcome: 'ready' | 'waiting' | 'overdue';
  /** Why it waits, in one sentence; empty when ready. */
  because: string;
  /** Name of the error when overdue. */
  error: ErrorName;
  /** Seconds until the next look. */
  poll: number;
}

/** Input of `prepare` and `take-over`. */
export interface StartEvent extends ExecutionContext {
  input: unknown;
  /** Of the execution, ISO 8601. */
  startedAt: string;
  /** Whether the machine knows the outcome `unchanged`. Left out in executions that version 0.1.0 began. */
  knowsUnchanged?: boolean;
}

/** Answer of `restore`. */
export interface Restored extends Answer {
  /**
   * Seconds until no node of the load balancer sends requests to a fleet that lost its weight; 0: no other fleet has
   * targets.
   */
  ruleSeconds: number;
}

/**
 * Result of `prepare`; `waiting` while the leftovers of an earlier deployment are being settled, `unchanged` when all
 * is as asked and nothing was touched.
 */
export interface Plan {
  outcome: 'ready' | 'waiting' | 'unchanged';
  because: string;
  /** Whether the service stands behind the load balancer. */
  balanced: boolean;
  poll: number;
  /** When unchanged. */
  output?: Output;
}

/** Result of `take-over`. */
export interface TakenOver {
  /** `wait`: a Lambda of the former owner may still run; `nothing`: another execution took the journal. */
  outcome: 'ready' | 'wait' | 'nothing';
  because: string;
}

/** Input of every later step. */
export interface StepEvent extends ExecutionContext {
  service: string;
}

/** Input of `close`. */
export interface CloseEvent extends StepEvent {
  /** Of the execution, ISO 8601. Left out in executions that version 0.1.0 began. */
  startedAt?: string;
}

/** Output of an execution that ended well. */
export interface Output {
  service: string;
  /** What is recorded now; left out: never deployed, as are `version` and `fleet`. */
  release?: Release;
  /** Version of `deployed`. */
  version?: number;
  /** Auto Scaling group that serves. */
  fleet?: string;
  /** Since the execution began. */
  seconds: number;
  /** `returned`: a settle brought the service back to an earlier record. */
  result: 'deployed' | 'unchanged' | 'returned';
  /** Why nothing was changed, and how to replace machines all the same. */
  because?: string;
}

/** Input of a check: the result of the step before the loop, then of the last look. */
export interface CheckEvent extends StepEvent {
  wait: Started;
}

/** Error and Cause as a Catch gives them, or as an overdue wait builds them. */
export interface Caught {
  Error?: string;
  Cause?: string;
}

/** Input of `evidence`. */
export interface EvidenceEvent extends ExecutionContext {
  /** Input of the execution. It may be invalid. */
  input: unknown;
  /** State of the execution. */
  state: {
    /** Why the deployment failed. */
    failure?: Caught;
    /** Why the deployment, or its settle, could not settle. */
    unsettled?: Caught;
  };
}

/** Error and cause for the Fail state. */
export interface Failure {
  Error: string;
  /** One sentence that ends with the address of the evidence. */
  Cause: string;
  /** Whether this execution owns the journal and has to settle. */
  settle: boolean;
}
