import { Duration } from 'aws-cdk-lib';
import { Choice, Condition, type IChainable, Succeed, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { lateWriterSeconds } from '../../../rollout/timing.ts';
import type { SettleFunctions } from './functions.ts';
import { emptyStart, settleStates } from './settle.ts';
import { startInput, task } from './task.ts';

/** The states of the settle machine. `scope` holds nothing else: the ids are the state names. */
export function settleDefinition(scope: Construct, functions: SettleFunctions): IChainable {
  const settle = settleStates(scope, functions);
  const takeOver = task(scope, 'take-over', functions['take-over'], startInput, '$.taken');
  takeOver.addCatch(settle.unsettled, { resultPath: '$.unsettled' });
  const wait = new Wait(scope, 'wait for late writers', {
    time: WaitTime.duration(Duration.seconds(lateWriterSeconds)),
  });
  takeOver.next(
    new Choice(scope, 'taken over?')
      .when(Condition.stringEquals('$.taken.outcome', 'ready'), settle.start)
      .when(Condition.stringEquals('$.taken.outcome', 'wait'), wait.next(settle.start))
      .otherwise(new Succeed(scope, 'nothing to settle')),
  );
  return emptyStart(scope).next(takeOver);
}
