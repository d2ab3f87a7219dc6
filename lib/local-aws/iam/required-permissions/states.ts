import { onEach } from '../required-permission.ts';

/** Step Functions. */
export const statePermissions = {
  StartExecution: ({ stateMachineArn = '' }: { stateMachineArn?: string }) =>
    onEach('states:StartExecution', [stateMachineArn]),
  ListExecutions: ({ stateMachineArn = '' }: { stateMachineArn?: string }) =>
    onEach('states:ListExecutions', [stateMachineArn]),
  DescribeExecution: ({ executionArn = '' }: { executionArn?: string }) =>
    onEach('states:DescribeExecution', [executionArn]),
  StopExecution: ({ executionArn = '' }: { executionArn?: string }) =>
    onEach('states:StopExecution', [executionArn]),
};
