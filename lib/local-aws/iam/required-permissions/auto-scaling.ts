import type {
  CreateAutoScalingGroupType,
  CreateOrUpdateTagsType,
  UpdateAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import { arn } from '../../model/arns.ts';
import type { Account } from '../account.ts';
import { requestTags, resourceTags } from '../keys.ts';
import { onAll, onEach, type RequiredPermission } from '../required-permission.ts';
import { launchPermissions } from './launch.ts';

const service = 'autoscaling';

/** Auto Scaling. */
export const autoScalingPermissions = {
  ...Object.fromEntries(
    [
      'DescribeAutoScalingGroups',
      'DescribeLifecycleHooks',
      'DescribePolicies',
      'DescribeScalingActivities',
      'DescribeWarmPool',
    ].map((verb) => [verb, () => onAll(`${service}:${verb}`)]),
  ),
  ...Object.fromEntries(
    [
      'AttachLoadBalancerTargetGroups',
      'CompleteLifecycleAction',
      'DeleteAutoScalingGroup',
      'DeletePolicy',
      'DeleteWarmPool',
      'DetachLoadBalancerTargetGroups',
      'PutLifecycleHook',
      'PutScalingPolicy',
      'PutWarmPool',
      'RecordLifecycleActionHeartbeat',
      'SetDesiredCapacity',
    ].map((verb) => [
      verb,
      ({ AutoScalingGroupName }: { AutoScalingGroupName?: string }, account: Account) =>
        onGroup(verb, AutoScalingGroupName, account),
    ]),
  ),
  CreateAutoScalingGroup,
  UpdateAutoScalingGroup: (input: UpdateAutoScalingGroupType, account: Account) => [
    ...onGroup('UpdateAutoScalingGroup', input.AutoScalingGroupName, account),
    ...(input.LaunchTemplate
      ? launchPermissions(input.LaunchTemplate, subnetsOf(input.VPCZoneIdentifier), account)
      : []),
  ],
  CreateOrUpdateTags: ({ Tags = [] }: CreateOrUpdateTagsType, account: Account) =>
    Tags.flatMap((tag) =>
      onGroup('CreateOrUpdateTags', tag.ResourceId, account).map((need) => ({
        ...need,
        keys: { ...need.keys, ...requestTags([tag]) },
      })),
    ),
};

function CreateAutoScalingGroup(input: CreateAutoScalingGroupType, account: Account): RequiredPermission[] {
  const { AutoScalingGroupName = '', Tags = [], LaunchTemplate, VPCZoneIdentifier } = input;
  const resource = [arn.group(account.place, '*', AutoScalingGroupName)];
  return [
    ...onEach(`${service}:CreateAutoScalingGroup`, resource, requestTags(Tags)),
    // The documentation grants it together with tagged creation; whether it is asked for is not said.
    ...(Tags.length > 0 ? onEach(`${service}:CreateOrUpdateTags`, resource, requestTags(Tags)) : []),
    ...(LaunchTemplate ? launchPermissions(LaunchTemplate, subnetsOf(VPCZoneIdentifier), account) : []),
    ...serviceLinkedRole(account),
  ];
}

/** The first group of an account makes the role with which Auto Scaling acts from then on. */
function serviceLinkedRole({ place, iam }: Account): RequiredPermission[] {
  const name = `${service}.amazonaws.com`;
  const role = `arn:aws:iam::${place.account}:role/aws-service-role/${name}/AWSServiceRoleForAutoScaling`;
  if (iam.serviceLinkedRoles.has(role)) return [];
  return onEach('iam:CreateServiceLinkedRole', [role], { 'iam:AWSServiceName': name });
}

/** A missing resource has no tags: a right that depends on tags is refused before "not found" is answered. */
function onGroup(verb: string, name = '', { autoScaling, place }: Account): RequiredPermission[] {
  const group = autoScaling.fleets.groups.get(name);
  const tags = [...(group?.tags ?? [])].map(([key, { value }]) => [key, value] as const);
  return onEach(
    `${service}:${verb}`,
    [group?.arn ?? arn.group(place, '*', name)],
    resourceTags(service, Object.fromEntries(tags)),
  );
}

function subnetsOf(identifier = ''): string[] {
  return identifier.split(',').filter(Boolean);
}
