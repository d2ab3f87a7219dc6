/**
 * What the states of the workflow hand to each other. The definition, the handlers, the rehearsal and the tests use
 * these types and nothing else. The plan of a deployment lives in the journal; states carry only what a Choice needs.
 */

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
export type Step = (typeof rolloutSteps)[number] | (typeof settleSteps)[number] | (typeof otherSteps)[number];

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

/** Answer of a step that may have to wait. Nothing throws to mean "not yet". */
export interface Answer {
  outcome: 'ready' | 'waiting' | 'overdue';
  /** What is still missing, in one sentence; empty when ready. */
  because: string;
}

/** Input of `prepare`. */
export interface PrepareEvent extends ExecutionContext {
  input: unknown;
  /** Of the execution, ISO 8601. */
  startedAt: string;
}

/** Input of `take-over`. */
export interface TakeOverEvent extends ExecutionContext {
  input: unknown;
}

/** Result of `prepare` and `take-over`; `waiting` while the remains of an earlier deployment are being settled. */
export interface Plan extends Answer {
  service: string;
  /** Whether the service stands behind the load balancer. */
  balanced: boolean;
  /** Seconds between two looks. */
  poll: number;
}

/** Input of every later step. */
export interface StepEvent extends ExecutionContext {
  service: string;
  /** ISO 8601; of the waiting steps: when waiting ends. Given by the step before the loop. */
  deadline?: string;
}

/** Result of a step that starts something that the next step waits for. */
export interface Started {
  /** ISO 8601. */
  deadline: string;
}

/** What went wrong, for the Fail state; `cause` is one sentence and ends with where the evidence is. */
export interface Failure {
  error: string;
  cause: string;
}

/** Input of `evidence`: the Error and Cause as the Catch gives them, or a failure that a Choice built. */
export interface EvidenceEvent extends StepEvent {
  failure: { Error?: string; Cause?: string };
}
