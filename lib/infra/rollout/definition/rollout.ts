import { Duration } from 'aws-cdk-lib';
import {
  Choice,
  Condition,
  type IChainable,
  JsonPath,
  Pass,
  type State,
  Succeed,
  type TaskStateBase,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { type RolloutStep, rolloutSteps } from '../../../rollout/contract.ts';
import { lateWriterSeconds } from '../../../rollout/timing.ts';
import type { RolloutFunctions } from './functions.ts';
import { loop } from './loop.ts';
import { emptyStart, settleStates } from './settle.ts';
import { checkInput, failureInput, prepareInput, stepInput, task } from './task.ts';

const inputs: Readonly<Record<RolloutStep, Record<string, unknown>>> = {
  prepare: prepareInput,
  boot: stepInput,
  'check-health': checkInput,
  register: stepInput,
  'check-in-service': checkInput,
  shift: checkInput,
  record: stepInput,
};
const results: Partial<Record<RolloutStep, string>> = { prepare: '$.plan', record: JsonPath.DISCARD };

/** The states of one deployment. `scope` holds nothing else: the ids are the state names. */
export function rolloutDefinition(scope: Construct, functions: RolloutFunctions): IChainable {
  const settle = settleStates(scope, functions);
  const evidence = evidenceStates(scope, functions, settle);
  const overdue = new Pass(scope, 'overdue', {
    parameters: { Error: JsonPath.stringAt('$.wait.error'), Cause: JsonPath.stringAt('$.wait.because') },
    resultPath: '$.failure',
  }).next(evidence);
  const step = Object.fromEntries(
    rolloutSteps.map((name) => [
      name,
      task(scope, name, functions[name], inputs[name], results[name] ?? '$.wait').addCatch(evidence, {
        resultPath: '$.failure',
      }),
    ]),
  ) as Record<RolloutStep, TaskStateBase>;

  step.prepare.next(afterPrepare(scope, step));
  step.boot.next(step['check-health']);
  const booted = new Choice(scope, 'balanced?')
    .when(Condition.booleanEquals('$.plan.balanced', true), step.register)
    .otherwise(step.record);
  loop(scope, step['check-health'], { ready: booted, overdue, look: step['check-health'] });
  step.register.next(step['check-in-service']);
  loop(scope, step['check-in-service'], { ready: step.shift, overdue, look: step['check-in-service'] });
  // A live fleet that grew since the last look sends the deployment back to waiting for the candidate.
  loop(scope, step.shift, { ready: step.record, overdue, look: step['check-in-service'] });
  step.record.next(settle.start);
  return emptyStart(scope).next(step.prepare);
}

function afterPrepare(scope: Construct, step: Record<RolloutStep, TaskStateBase>): Choice {
  const wait = new Wait(scope, 'wait for settle', { time: WaitTime.secondsPath('$.plan.poll') });
  return new Choice(scope, 'prepared?')
    .when(Condition.stringEquals('$.plan.outcome', 'ready'), step.boot)
    .when(
      Condition.stringEquals('$.plan.outcome', 'unchanged'),
      new Succeed(scope, 'unchanged', { outputPath: '$.plan.output' }),
    )
    .otherwise(wait.next(step.prepare));
}

/** Target of every failure of the rollout: evidence, then settle if this execution owns the journal. */
function evidenceStates(
  scope: Construct,
  functions: RolloutFunctions,
  settle: { start: State; failed: State },
): TaskStateBase {
  const evidence = task(scope, 'evidence', functions.evidence, failureInput, '$.failure');
  const answered = answeredStates(scope, settle.start);
  // Nobody knows then whether there is anything to settle: restore finds out whose journal it is.
  evidence.addCatch(answered, { resultPath: '$.evidence' });
  evidence.next(
    new Choice(scope, 'owner?')
      .when(Condition.booleanEquals('$.failure.settle', true), answered)
      .otherwise(settle.failed),
  );
  return evidence;
}

/**
 * A step that ended without an answer may still have a change on its way, made while the journal was its own:
 * settling waits until it has happened. Only errors of Lambda and Step Functions have a dot in their names.
 */
function answeredStates(scope: Construct, settle: State): Choice {
  const wait = new Wait(scope, 'wait for late writes', {
    time: WaitTime.duration(Duration.seconds(lateWriterSeconds)),
  });
  return new Choice(scope, 'answered?')
    .when(Condition.stringMatches('$.failure.Error', '*.*'), wait.next(settle))
    .otherwise(settle);
}
