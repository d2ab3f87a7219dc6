import type { DescribeExecutionOutput, ExecutionListItem } from '@aws-sdk/client-sfn';
import type { Execution } from './execution.ts';

/** An execution as it was at `seenAt`: what ended later still runs. */
export function describeExecution(execution: Execution, seenAt: number): DescribeExecutionOutput {
  const ended = execution.stoppedAt !== undefined && execution.stoppedAt <= seenAt;
  const common = {
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    name: execution.name,
    startDate: new Date(execution.startedAt),
    input: execution.input,
  };
  if (!ended) return { ...common, status: 'RUNNING' };
  return {
    ...common,
    status: execution.status,
    stopDate: new Date(execution.stoppedAt ?? seenAt),
    output: execution.output,
    error: execution.error,
    cause: execution.cause,
  };
}

export function listItem(execution: Execution): ExecutionListItem {
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    name: execution.name,
    status: execution.status,
    startDate: new Date(execution.startedAt),
    ...(execution.stoppedAt === undefined ? {} : { stopDate: new Date(execution.stoppedAt) }),
  };
}

/** The `detail` of "Step Functions Execution Status Change". */
export function changeEvent(execution: Execution): Record<string, unknown> {
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    name: execution.name,
    status: execution.status,
    startDate: execution.startedAt,
    stopDate: execution.stoppedAt ?? null,
    input: execution.input,
    output: execution.output ?? null,
    error: execution.error ?? null,
    cause: execution.cause ?? null,
  };
}
