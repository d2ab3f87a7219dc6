import {
  Choice,
  Condition,
  type IChainable,
  type State,
  type TaskStateBase,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/**
 * Continues after a look: with `ready`, with `overdue`, or with a pause and `look` again. `look` differs from `after`
 * where a later step sends the deployment back to waiting.
 */
export function loop(
  scope: Construct,
  after: TaskStateBase,
  to: { ready: IChainable; overdue: IChainable; look: State },
): Choice {
  const wait = new Wait(scope, `wait after ${after.id}`, { time: WaitTime.secondsPath('$.wait.poll') });
  const choice = new Choice(scope, `${after.id}?`)
    .when(Condition.stringEquals('$.wait.outcome', 'ready'), to.ready)
    .when(Condition.stringEquals('$.wait.outcome', 'overdue'), to.overdue)
    .otherwise(wait.next(to.look));
  after.next(choice);
  return choice;
}
