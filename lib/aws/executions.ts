import { DescribeExecutionCommand, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { callUnless } from './call.ts';

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
  /**
   * Starts an execution, or finds it running under this name with this input. `false` when the name belongs to
   * another execution, or to one that ended.
   */
  start(machine: string, name: string, input: unknown): Promise<boolean>;
}

/** Executions through the SDK's client. */
export function stepFunctionsExecutions(client: SFNClient): Executions {
  return {
    async status(execution: string): Promise<ExecutionStatus | undefined> {
      const found = await callUnless(
        ['ExecutionDoesNotExist'],
        `could not look at execution ${execution}`,
        () => client.send(new DescribeExecutionCommand({ executionArn: execution })),
      );
      return found?.status;
    },

    async start(machine: string, name: string, input: unknown): Promise<boolean> {
      const started = await callUnless(['ExecutionAlreadyExists'], `could not start execution ${name}`, () =>
        client.send(
          new StartExecutionCommand({ stateMachineArn: machine, name, input: JSON.stringify(input) }),
        ),
      );
      return started !== undefined;
    },
  };
}
