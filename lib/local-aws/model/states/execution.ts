import type { Ending } from './ending.ts';

/** What a runner is told about an execution. */
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
  /** How often it was redriven: it goes on where it stopped. Left out: never. */
  redrives?: number;
}

/** A running execution. Its result never rejects. */
interface Running {
  result: Promise<Ending>;
  /** No further state is entered; what a task does at this moment, it may still finish. */
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
