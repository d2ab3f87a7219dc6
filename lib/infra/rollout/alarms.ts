import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { sweepMinutes } from '../../rollout/timing.ts';
import { describeAlarm } from '../alarm.ts';

export interface RolloutAlarmsProps {
  environment: string;
  rollout: StateMachine;
  settle: StateMachine;
  sweep: IFunction;
  topic: ITopic;
  /** `app/<name>/<id>` of the load balancer. */
  loadBalancer: string;
}

const period = Duration.minutes(sweepMinutes);

/** This many consecutive sweeps that start settling mean that settling does not succeed: half an hour. */
const sweepsInVain = 6;

const sums = { period, statistic: 'Sum' };

/** Alarms for people: failed deployments, and anything that keeps Holdfast from settling. */
export class RolloutAlarms extends Construct {
  constructor(scope: Construct, id: string, props: RolloutAlarmsProps) {
    super(scope, id);
    const { environment, rollout, settle, sweep } = props;
    const alarm = (name: string, metric: IMetric, sentence: string, evaluationPeriods = 1, threshold = 1) =>
      new Alarm(this, name, {
        alarmName: `holdfast-${environment}-${name}`,
        alarmDescription: describeAlarm(sentence, name),
        metric,
        threshold,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      }).addAlarmAction(new SnsAction(props.topic));

    alarm('deployment-failed', endedBadly(rollout), `A deployment in ${environment} failed.`);
    alarm('settle-failed', endedBadly(settle), `Environment ${environment} could not go back to its record.`);
    alarm(
      'sweep-failed',
      sweep.metricErrors(sums),
      `The sweep of ${environment} fails: a deployment that ends badly may stay unsettled.`,
    );
    alarm(
      'journal-overdue',
      settle.metricStarted(sums),
      `A journal in ${environment} stays open: settling it was started again and again for half an hour.`,
      sweepsInVain,
    );
    alarm(
      'balancer-errors',
      balancerErrors(props.loadBalancer),
      `The load balancer of ${environment} itself answers 10 and more requests a minute with 5xx for 3 minutes.`,
      3,
      10,
    );
  }
}

/** Answers that no target gave: no target was there, or none answered. They name no service. */
function balancerErrors(loadBalancer: string): IMetric {
  return new Metric({
    namespace: 'AWS/ApplicationELB',
    metricName: 'HTTPCode_ELB_5XX_Count',
    statistic: 'Sum',
    period: Duration.minutes(1),
    dimensionsMap: { LoadBalancer: loadBalancer },
  });
}

function endedBadly(machine: StateMachine): IMetric {
  return new MathExpression({
    // An end that is rare has no data most of the time, and a sum leaves out what one of its parts lacks.
    expression: 'FILL(failed, 0) + FILL(timedOut, 0) + FILL(aborted, 0)',
    label: 'Executions that failed, timed out or were stopped',
    period,
    usingMetrics: {
      failed: machine.metricFailed(sums),
      timedOut: machine.metricTimedOut(sums),
      aborted: machine.metricAborted(sums),
    },
  });
}
