export type ExecutionStatus =
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'TIMED_OUT'
  | 'ABORTED'
  | 'PENDING_REDRIVE';

/** Step Functions executions. */
export interface Executions {
  /** By ARN; `undefined` when Step Functions does not know it (yet). */
  status(execution: string): Promise<ExecutionStatus | undefined>;
  /** Starts an execution; `false` when there is or was one of this name. */
  start(machine: string, name: string, input: unknown): Promise<boolean>;
}
