import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
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

  private alarm(
    { environment, service, topic }: ServiceAlarmsProps,
    id: string,
    { metric, threshold, description }: { metric: Metric; threshold: number; description: string },
  ): void {
    new Alarm(this, id, {
      alarmName: `holdfast-${environment}-${service}-${id}`,
      alarmDescription: description,
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.NOT_BREACHING,
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
