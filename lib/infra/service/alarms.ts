import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Colour } from '../../release/colour.ts';
import { describeAlarm } from '../alarm.ts';
import type { TargetGroups } from './target-groups.ts';

export interface ServiceAlarmsProps {
  environment: string;
  service: string;
  targetGroups: TargetGroups;
  /** `app/<name>/<id>` of the load balancer. */
  loadBalancer: string;
  topic: ITopic;
}

/** Alarms on both target groups: one colour serves, the other may be a candidate. */
export class ServiceAlarms extends Construct {
  constructor(scope: Construct, id: string, props: ServiceAlarmsProps) {
    super(scope, id);
    for (const { colour, group } of props.targetGroups.all) {
      this.unhealthy(props, colour, group);
      this.errors(props, colour, group);
    }
    this.nobody(props);
  }

  private unhealthy(props: ServiceAlarmsProps, colour: Colour, group: CfnTargetGroup): void {
    const { environment, service } = props;
    this.alarm(props, `${colour}-unhealthy`, {
      metric: targetMetric(props, group, 'UnHealthyHostCount', 'Maximum'),
      threshold: 1,
      description: describeAlarm(
        `${service} in ${environment}: an instance behind ${colour} fails its health check for 3 minutes.`,
        'targets-unhealthy',
      ),
    });
  }

  private errors(props: ServiceAlarmsProps, colour: Colour, group: CfnTargetGroup): void {
    const { environment, service } = props;
    this.alarm(props, `${colour}-errors`, {
      metric: targetMetric(props, group, 'HTTPCode_Target_5XX_Count', 'Sum'),
      threshold: 10,
      description: describeAlarm(
        `${service} in ${environment}: ${colour} answers 10 and more requests a minute with 5xx for 3 minutes.`,
        'target-errors',
      ),
    });
  }

  /** A count of unhealthy instances says nothing when there is no instance. */
  private nobody(props: ServiceAlarmsProps): void {
    const { environment, service } = props;
    const healthy = props.targetGroups.all.map(({ colour, group }) => [
      colour,
      targetMetric(props, group, 'HealthyHostCount', 'Maximum'),
    ]);
    this.alarm(props, 'nobody-healthy', {
      metric: new MathExpression({
        expression: 'FILL(blue, 0) + FILL(green, 0)',
        label: 'Healthy instances',
        period: Duration.minutes(1),
        usingMetrics: Object.fromEntries(healthy),
      }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      // Before the first deployment there is no data, which is no alarm; later, missing data keeps an alarm up.
      treatMissingData: TreatMissingData.IGNORE,
      description: describeAlarm(
        `${service} in ${environment}: no instance is healthy for 3 minutes.`,
        'nobody-healthy',
      ),
    });
  }

  private alarm(
    { environment, service, topic }: ServiceAlarmsProps,
    id: string,
    {
      description,
      ...rest
    }: Pick<AlarmProps, 'metric' | 'threshold'> & Partial<AlarmProps> & { description: string },
  ): void {
    new Alarm(this, id, {
      alarmName: `holdfast-${environment}-${service}-${id}`,
      alarmDescription: description,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...rest,
    }).addAlarmAction(new SnsAction(topic));
  }
}

function targetMetric(
  { loadBalancer }: ServiceAlarmsProps,
  group: CfnTargetGroup,
  metricName: string,
  statistic: string,
): Metric {
  return new Metric({
    namespace: 'AWS/ApplicationELB',
    metricName,
    statistic,
    period: Duration.minutes(1),
    dimensionsMap: { LoadBalancer: loadBalancer, TargetGroup: group.attrTargetGroupFullName },
  });
}
