import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { describeAlarm } from '../alarm.ts';

export interface RolloutAlarmsProps {
  environment: string;
  rollout: StateMachine;
  settle: StateMachine;
  sweep: IFunction;
  /** Journals that a sweep found open although nobody brings them to an end. */
  overdueJournals: IMetric;
  topic: ITopic;
}

const period = Duration.minutes(5);

/** What a person has to know of: deployments that failed, and whatever keeps Holdfast from settling. */
export class RolloutAlarms extends Construct {
  constructor(scope: Construct, id: string, props: RolloutAlarmsProps) {
    super(scope, id);
    const { environment, rollout, settle, sweep, overdueJournals } = props;
    this.alarm(props, 'deployment-failed', endedBadly(rollout), `A deployment in ${environment} failed.`);
    this.alarm(
      props,
      'settle-failed',
      endedBadly(settle),
      `Environment ${environment} could not go back to its record.`,
    );
    this.alarm(
      props,
      'sweep-failed',
      sweep.metricErrors({ period, statistic: 'Sum' }),
      `The sweep of ${environment} fails: a deployment that ends badly may stay unsettled.`,
    );
    this.alarm(
      props,
      'journal-overdue',
      overdueJournals,
      `A journal in ${environment} stays open although nobody brings its deployment to an end.`,
    );
  }

  /** Raised by the first one. The name is also the entry in the runbook. */
  private alarm(props: RolloutAlarmsProps, name: string, metric: IMetric, sentence: string): void {
    new Alarm(this, name, {
      alarmName: `holdfast-${props.environment}-${name}`,
      alarmDescription: describeAlarm(sentence, name),
      metric,
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(props.topic));
  }
}

function endedBadly(machine: StateMachine): IMetric {
  const options = { period, statistic: 'Sum' };
  return new MathExpression({
    expression: 'failed + timedOut + aborted',
    label: 'Executions that failed, timed out or were stopped',
    period,
    usingMetrics: {
      failed: machine.metricFailed(options),
      timedOut: machine.metricTimedOut(options),
      aborted: machine.metricAborted(options),
    },
  });
}
