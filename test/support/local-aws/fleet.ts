import type { CreateAutoScalingGroupType, LifecycleHookSpecification } from '@aws-sdk/client-auto-scaling';
import { type Fixture, fixture, launchTemplate } from './world.ts';

export const launchHook: LifecycleHookSpecification = {
  LifecycleHookName: 'launch',
  LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
  HeartbeatTimeout: 300,
  DefaultResult: 'ABANDON',
};
export const terminateHook: LifecycleHookSpecification = {
  LifecycleHookName: 'terminate',
  LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
  HeartbeatTimeout: 60,
  DefaultResult: 'CONTINUE',
};

/** A world with one Auto Scaling group, `fleet`, and short words for what is done with it. */
export function fleet() {
  const aws: Fixture = fixture();
  const { autoScaling } = aws.world;
  const group = () => autoScaling.describeAutoScalingGroups({}).AutoScalingGroups?.[0];
  const members = () => group()?.Instances ?? [];

  return {
    aws,
    group,
    members,
    create(
      desired: number,
      hooks: LifecycleHookSpecification[] = [],
      more: Partial<CreateAutoScalingGroupType> = {},
    ) {
      autoScaling.createAutoScalingGroup({
        AutoScalingGroupName: 'fleet',
        MinSize: 0,
        MaxSize: 10,
        DesiredCapacity: desired,
        LaunchTemplate: { LaunchTemplateId: launchTemplate(aws.world), Version: '1' },
        VPCZoneIdentifier: 'subnet-1,subnet-2',
        Tags: [
          { Key: 'colour', Value: 'blue', PropagateAtLaunch: true },
          { Key: 'internal', Value: 'x', PropagateAtLaunch: false },
        ],
        LifecycleHookSpecificationList: hooks,
        ...more,
      });
    },
    states: () => members().map(({ LifecycleState }) => LifecycleState),
    ids: () => members().map(({ InstanceId }) => InstanceId ?? ''),
    complete(InstanceId: string | undefined, LifecycleHookName: string, LifecycleActionResult: string) {
      autoScaling.completeLifecycleAction({
        AutoScalingGroupName: 'fleet',
        LifecycleHookName,
        InstanceId,
        LifecycleActionResult,
      });
    },
    resize: (DesiredCapacity: number) =>
      autoScaling.setDesiredCapacity({ AutoScalingGroupName: 'fleet', DesiredCapacity }),
  };
}

export type Fleet = ReturnType<typeof fleet>;
