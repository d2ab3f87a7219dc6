import { machineName } from '../../config/resource-names.ts';
import type { SettleInput } from '../contract.ts';

/** The line that starts the settle machine by hand. `execution`: ARN of any execution of the environment. */
export function settleCommand(execution: string, environment: string, input: SettleInput): string {
  const [, partition, , region, account] = execution.split(':');
  const machine = `arn:${partition}:states:${region}:${account}:stateMachine:${machineName(environment, 'settle')}`;
  return `aws stepfunctions start-execution --state-machine-arn ${machine} --input '${JSON.stringify(input)}'`;
}
