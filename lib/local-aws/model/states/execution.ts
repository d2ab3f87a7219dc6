import type { Ending } from './ending.ts';

/** Execution data that a runner gets. */
export interface ExecutionInfo {
  arn: string;
  name: string;
  machineArn: string;
  /** ARN of the role that the machine calls its tasks with. */
  roleArn: string;
  /** In the Amazon States Language. */
  definition: string;
  /** JSON text. */
  input: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Number of redrives; a redriven execution continues at the failed state. Default: 0. */
  redrives?: number;
}

/** A running execution. Its result never rejects. */
interface Running {
  result: Promise<Ending>;
  /** Stops before the next state; a running task may finish. */
  abort(): void;
}

/** Runs the definition of a state machine. */
export type Runner = (execution: ExecutionInfo) => Running;

export interface Execution extends ExecutionInfo {
  status: 'RUNNING' | Ending['status'];
  /** Milliseconds since the epoch, once it ended. */
  stoppedAt: number | undefined;
  output: string | undefined;
  error: string | undefined;
  cause: string | undefined;
  abort: () => void;
}
