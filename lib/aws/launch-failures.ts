import {
  type Activity,
  type AutoScalingClient,
  DescribeScalingActivitiesCommand,
} from '@aws-sdk/client-auto-scaling';
import type { LaunchFailure } from '../rollout/decisions/launches.ts';
import { callUnless } from './call.ts';

/** Failed before there was an instance, or cancelled because the instance did not come into service. */
const failed = ['Failed', 'Cancelled'];

/** Launches of a group that did not work, newest first: those among its newest activities that one answer holds. */
export async function launchFailures(client: AutoScalingClient, name: string): Promise<LaunchFailure[]> {
  const answer = await callUnless(
    ['ValidationError'],
    `could not look at the activities of group ${name}`,
    () => client.send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName: name, MaxRecords: 100 })),
  );
  return (answer?.Activities ?? []).filter(isFailedLaunch).map(({ StartTime, StatusMessage = '' }) => ({
    at: StartTime?.toISOString() ?? '',
    message: StatusMessage,
  }));
}

function isFailedLaunch({ Description = '', StatusCode, StatusMessage }: Activity): boolean {
  return (
    Description.startsWith('Launching') && failed.includes(StatusCode ?? '') && StatusMessage !== undefined
  );
}
