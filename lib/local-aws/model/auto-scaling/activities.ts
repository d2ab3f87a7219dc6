import type { ActivitiesType, Activity, DescribeScalingActivitiesType } from '@aws-sdk/client-auto-scaling';
import type { Clock } from '../../clock.ts';
import { AwsError, notModelled } from '../error.ts';
import type { Ids } from '../ids.ts';
import { page } from '../page.ts';

/** Most activities of one answer. */
const most = 100;

/** How a launch or an ending went. */
type Outcome = 'Successful' | 'Failed' | 'Cancelled';

/** The scaling activities of one group, newest first: launches that came into service or not, and endings. */
export class Activities {
  readonly #all: Activity[] = [];
  /** Activities in progress, by kind and instance. */
  readonly #open = new Map<string, Activity>();
  readonly #group: string;
  readonly #clock: Clock;
  readonly #ids: Ids;

  constructor(group: string, clock: Clock, ids: Ids) {
    this.#group = group;
    this.#clock = clock;
    this.#ids = ids;
  }

  get all(): readonly Activity[] {
    return this.#all;
  }

  /** The ending of an instance that is under way. */
  endingOf(instanceId: string): Activity | undefined {
    return this.#open.get(`end ${instanceId}`);
  }

  launching(instanceId: string): void {
    this.#open.set(`launch ${instanceId}`, this.#begin(`Launching a new EC2 instance: ${instanceId}`));
  }

  /** In service, or ready in the warm pool. */
  launched(instanceId: string): void {
    this.#end(`launch ${instanceId}`, 'Successful');
  }

  /** EC2 refused a launch: there is no instance. */
  refused({ message }: Error): void {
    const activity = this.#begin('Launching a new EC2 instance');
    this.#close(activity, 'Failed', `${message.replace(/\.$/, '')}. Launching EC2 instance failed.`);
  }

  /** An instance ends; `reason`: EC2 ended it. If it was still launching, its launch did not work. */
  ending(instanceId: string, reason: string | undefined): void {
    const why = reason
      ? `Instance became unhealthy while waiting for instance to be in InService state. Termination Reason: ${reason}`
      : 'Lifecycle Action Completed with ABANDON Result';
    this.#end(`launch ${instanceId}`, 'Cancelled', why);
    this.#open.set(`end ${instanceId}`, this.#begin(`Terminating EC2 instance: ${instanceId}`));
  }

  ended(instanceId: string): void {
    this.#end(`end ${instanceId}`, 'Successful');
  }

  #begin(Description: string): Activity {
    const activity: Activity = {
      ActivityId: this.#ids.uuid(),
      AutoScalingGroupName: this.#group,
      Description,
      Cause: `At ${new Date(this.#clock.now()).toISOString()} a difference between desired and actual capacity.`,
      StartTime: new Date(this.#clock.now()),
      StatusCode: 'InProgress',
      Progress: 0,
    };
    this.#all.unshift(activity);
    return activity;
  }

  #end(key: string, outcome: Outcome, message?: string): void {
    const activity = this.#open.get(key);
    if (!activity) return;
    this.#open.delete(key);
    this.#close(activity, outcome, message);
  }

  #close(activity: Activity, outcome: Outcome, message?: string): void {
    activity.StatusCode = outcome;
    activity.EndTime = new Date(this.#clock.now());
    activity.Progress = 100;
    if (message === undefined) return;
    activity.StatusMessage = message;
    activity.Description = `${activity.Description}.  Status Reason: ${message}`;
  }
}

/** The answer of DescribeScalingActivities. */
export function describeActivities(
  activities: readonly Activity[],
  input: DescribeScalingActivitiesType,
): ActivitiesType {
  const { ActivityIds: ids = [], MaxRecords: size = most, IncludeDeletedGroups, Filters = [] } = input;
  if (IncludeDeletedGroups) throw notModelled('activities of deleted groups');
  if (Filters.length > 0) throw notModelled('filters of activities');
  if (size < 1 || size > most)
    throw new AwsError('ValidationError', `MaxRecords ${size} is not 1 to ${most}`);
  const found = activities.filter(({ ActivityId = '' }) => ids.length === 0 || ids.includes(ActivityId));
  const { items, nextToken } = page(found, input.NextToken, size);
  return { Activities: items.map((activity) => ({ ...activity })), NextToken: nextToken };
}
