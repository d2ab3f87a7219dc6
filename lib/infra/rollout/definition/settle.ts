import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Choice,
  Condition,
  Fail,
  JsonPath,
  Pass,
  Result,
  Succeed,
  type TaskStateBase,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { ruleWait, type SettleStep, settleSteps } from '../../../rollout/contract.ts';
import type { FunctionsOf } from './functions.ts';
import { loop } from './loop.ts';
import { checkInput, closeInput, failureInput, stepInput, task } from './task.ts';

const inputs: Readonly<Record<SettleStep, Record<string, unknown>>> = {
  restore: stepInput,
  drain: stepInput,
  'check-drained': checkInput,
  terminate: stepInput,
  'check-terminated': checkInput,
  close: closeInput,
};

/**
 * The way back to the record: the end of a good deployment, of a failed one, and of the settle machine. `$.failure`
 * tells whether the execution fails in the end. A settle that fails ends the execution through `unsettled`: the
 * journal stays open, and `sweep` starts the settle machine.
 */
export function settleStates(
  scope: Construct,
  functions: FunctionsOf<SettleStep | 'evidence'>,
): { start: TaskStateBase; failed: Fail; unsettled: TaskStateBase } {
  const failed = new Fail(scope, 'failed', { errorPath: '$.failure.Error', causePath: '$.failure.Cause' });
  const unsettled = unsettledState(scope, functions.evidence, failed);
  const overdue = new Pass(scope, 'settle overdue', {
    parameters: { Error: JsonPath.stringAt('$.wait.error'), Cause: JsonPath.stringAt('$.wait.because') },
    resultPath: '$.unsettled',
  }).next(unsettled);
  const step = Object.fromEntries(
    settleSteps.map((name) => {
      const state = task(
        scope,
        name,
        functions[name],
        inputs[name],
        name === 'close' ? '$.output' : '$.wait',
      );
      return [name, state.addCatch(unsettled, { resultPath: '$.unsettled' })];
    }),
  ) as Record<SettleStep, TaskStateBase>;

  const applied = new Wait(scope, ruleWait, { time: WaitTime.secondsPath('$.wait.ruleSeconds') });
  loop(scope, step.restore, { ready: applied.next(step.drain), overdue, look: step.restore });
  step.drain.next(step['check-drained']);
  loop(scope, step['check-drained'], {
    ready: step.terminate,
    // The drain time is over and no rule names the target group: ending it cuts nothing more.
    overdue: step.terminate,
    look: step['check-drained'],
  });
  step.terminate.next(step['check-terminated']);
  loop(scope, step['check-terminated'], {
    ready: step.close,
    overdue,
    look: step['check-terminated'],
  });
  step.close.next(
    new Choice(scope, 'settled')
      .when(Condition.isPresent('$.failure'), failed)
      .otherwise(new Succeed(scope, 'done', { outputPath: '$.output' })),
  );
  return { start: step.restore, failed, unsettled };
}

/** End of an execution that could not settle: the deployment's own failure, if any, and this one. */
function unsettledState(scope: Construct, evidence: IFunction, failed: Fail): TaskStateBase {
  const state = task(scope, 'unsettled', evidence, failureInput, '$.failure');
  const bare = new Fail(scope, 'not settled', {
    errorPath: '$.unsettled.Error',
    causePath: '$.unsettled.Cause',
  });
  state.addCatch(bare, { resultPath: '$.evidence' }).next(failed);
  return state;
}

/** Drops the input of the execution, which may be anything: the states begin with an empty object. */
export function emptyStart(scope: Construct): Pass {
  return new Pass(scope, 'start', { result: Result.fromObject({}) });
}
