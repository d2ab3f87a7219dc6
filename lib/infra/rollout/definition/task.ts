import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { JitterType, JsonPath, TaskInput, type TaskStateBase, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import type { Step } from '../../../rollout/contract.ts';
import { lambdaSeconds } from '../../../rollout/timing.ts';

/** Errors of the Lambda service itself, not of a step. The call can simply be repeated. */
const transientErrors = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.ClientExecutionTimeoutException',
];

/** The running execution, from the context object. */
const execution = {
  execution: JsonPath.stringAt('$$.Execution.Id'),
  deployment: JsonPath.stringAt('$$.Execution.Name'),
};

/** Input of a step that reads the input of the execution itself. */
export const startInput = {
  ...execution,
  startedAt: JsonPath.stringAt('$$.Execution.StartTime'),
  input: JsonPath.objectAt('$$.Execution.Input'),
};

/** Input of `prepare`. */
export const prepareInput = { ...startInput, knowsUnchanged: true };

/** Input of every other step. A check also gets the bounds of its wait. */
export const stepInput = { ...execution, service: JsonPath.stringAt('$$.Execution.Input.service') };
/** Input of the last step, which tells how long all took. */
export const closeInput = { ...stepInput, startedAt: JsonPath.stringAt('$$.Execution.StartTime') };
export const checkInput = { ...stepInput, wait: JsonPath.objectAt('$.wait') };
export const failureInput = {
  ...execution,
  input: JsonPath.objectAt('$$.Execution.Input'),
  state: JsonPath.objectAt('$'),
};

/** A state that calls a step's Lambda, with everything that all of them share. */
export function task(
  scope: Construct,
  name: Step | 'unsettled',
  lambdaFunction: IFunction,
  input: Record<string, unknown>,
  resultPath: string,
): TaskStateBase {
  const state = new LambdaInvoke(scope, name, {
    lambdaFunction,
    payload: TaskInput.fromObject(input),
    payloadResponseOnly: true,
    retryOnServiceExceptions: false,
    resultPath,
    taskTimeout: Timeout.duration(Duration.seconds(lambdaSeconds + 15)),
  });
  return state.addRetry({
    errors: transientErrors,
    interval: Duration.seconds(2),
    maxAttempts: 6,
    backoffRate: 2,
    maxDelay: Duration.seconds(30),
    jitterStrategy: JitterType.FULL,
  });
}
