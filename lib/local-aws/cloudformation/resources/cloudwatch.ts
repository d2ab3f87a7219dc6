import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { arn, type Created, generatedName, type Properties, type ResourceContext } from '../resource.ts';

/** AWS::CloudWatch::Alarm */
export function alarm(properties: Properties, place: ResourceContext): Created {
  const AlarmName = String(properties.AlarmName ?? generatedName(place, 255));
  place.world.cloudWatch.putMetricAlarm({ ...properties, AlarmName } as unknown as PutMetricAlarmInput);
  return { ref: AlarmName, attributes: { Arn: arn(place, 'cloudwatch', `alarm:${AlarmName}`) } };
}
