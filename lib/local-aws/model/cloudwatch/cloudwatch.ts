import type {
  DeleteAlarmsInput,
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  MetricAlarm,
  PutMetricAlarmInput,
  SetAlarmStateInput,
} from '@aws-sdk/client-cloudwatch';
import type { Clock } from '../../clock.ts';
import { type AwsAccount, arn } from '../arns.ts';
import { AwsError } from '../error.ts';
import type { Events } from '../events/events.ts';
import { page } from '../page.ts';

/** CloudWatch alarms. Their state is set from outside; metrics are not evaluated. */
export class CloudWatch {
  readonly #alarms = new Map<string, MetricAlarm>();
  readonly #clock: Clock;
  readonly #place: AwsAccount;
  readonly #events: Events;

  constructor(clock: Clock, place: AwsAccount, events: Events) {
    this.#clock = clock;
    this.#place = place;
    this.#events = events;
  }

  putMetricAlarm({ Tags, ...input }: PutMetricAlarmInput): Record<string, never> {
    const name = input.AlarmName ?? '';
    const state = this.#alarms.get(name)?.StateValue ?? 'OK';
    this.#alarms.set(name, {
      ...input,
      AlarmArn: arn.alarm(this.#place, name),
      StateValue: state,
      StateUpdatedTimestamp: new Date(this.#clock.now()),
    });
    return {};
  }

  describeAlarms(input: DescribeAlarmsInput): DescribeAlarmsOutput {
    const names = input.AlarmNames;
    const all = [...this.#alarms.values()].filter(
      (alarm) =>
        (!names || names.includes(alarm.AlarmName ?? '')) &&
        (alarm.AlarmName ?? '').startsWith(input.AlarmNamePrefix ?? '') &&
        (!input.StateValue || alarm.StateValue === input.StateValue),
    );
    const { items, nextToken } = page(all, input.NextToken, input.MaxRecords ?? 50);
    return { MetricAlarms: items, CompositeAlarms: [], NextToken: nextToken };
  }

  setAlarmState(input: SetAlarmStateInput): Record<string, never> {
    const alarm = this.#alarms.get(input.AlarmName ?? '');
    if (!alarm) throw new AwsError('ResourceNotFound', `Unknown alarm ${input.AlarmName}`, 404);
    const previous = alarm.StateValue;
    alarm.StateValue = input.StateValue;
    alarm.StateReason = input.StateReason;
    alarm.StateUpdatedTimestamp = new Date(this.#clock.now());
    if (previous !== alarm.StateValue) {
      this.#events.publish('aws.cloudwatch', 'CloudWatch Alarm State Change', [alarm.AlarmArn ?? ''], {
        alarmName: alarm.AlarmName,
        state: { value: alarm.StateValue, reason: alarm.StateReason },
        previousState: { value: previous },
      });
    }
    return {};
  }

  deleteAlarms(input: DeleteAlarmsInput): Record<string, never> {
    for (const name of input.AlarmNames ?? []) this.#alarms.delete(name);
    return {};
  }
}
