import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { sweepMinutes } from '../../rollout/timing.ts';

export interface SweepEventsProps {
  environment: string;
  sweep: IFunction;
  machines: IStateMachine[];
}

/** Calls `sweep` when an execution ends badly, and on a schedule, because events are delivered at best effort. */
export class SweepEvents extends Construct {
  constructor(scope: Construct, id: string, { environment, sweep, machines }: SweepEventsProps) {
    super(scope, id);
    const target = new LambdaFunction(sweep, { retryAttempts: 2, maxEventAge: Duration.minutes(5) });
    new Rule(this, 'ended', {
      ruleName: `holdfast-${environment}-ended`,
      description: 'An execution ended without settling',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: machines.map(({ stateMachineArn }) => stateMachineArn),
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
      targets: [target],
    });
    new Rule(this, 'schedule', {
      ruleName: `holdfast-${environment}-sweep`,
      description: 'Events can be lost: look for executions that ended without settling',
      schedule: Schedule.rate(Duration.minutes(sweepMinutes)),
      targets: [target],
    });
  }
}
