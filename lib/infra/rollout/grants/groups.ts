import type { Grant } from '../../add-grants.ts';
import { instanceRolePath } from '../../stack-names.ts';
import { because, type GrantScope, type Grants } from './grant-scope.ts';

type Noun =
  | 'readGroups'
  | 'readLaunches'
  | 'readPolicies'
  | 'makeGroups'
  | 'sizeGroups'
  | 'scaleGroups'
  | 'keepWarmPools'
  | 'endWarmPools'
  | 'detachGroups'
  | 'releaseInstances'
  | 'removeGroups';

/** Auto Scaling groups: the fleets. */
export function groupGrants(realm: GrantScope): Grants<Noun> {
  const onGroups = (...verbs: string[]): Grant => ({
    actions: verbs.map((verb) => `autoscaling:${verb}`),
    resources: [
      realm.arn('autoscaling', `autoScalingGroup:*:autoScalingGroupName/holdfast-${realm.environment}-*`),
    ],
    conditions: realm.tagged,
    because: because.laterMade,
  });
  const read = (verb: string): Grant => ({
    actions: [`autoscaling:${verb}`],
    resources: ['*'],
    because: because.noNames,
  });
  return {
    readGroups: [read('DescribeAutoScalingGroups')],
    readLaunches: [read('DescribeScalingActivities')],
    readPolicies: [read('DescribePolicies')],
    makeGroups: [
      {
        ...onGroups('CreateAutoScalingGroup', 'CreateOrUpdateTags'),
        conditions: realm.tagging,
      },
      ...launchGrants(realm),
    ],
    sizeGroups: [onGroups('UpdateAutoScalingGroup')],
    scaleGroups: [onGroups('PutScalingPolicy', 'DeletePolicy')],
    keepWarmPools: [onGroups('PutWarmPool', 'DeleteWarmPool')],
    endWarmPools: [onGroups('DeleteWarmPool')],
    detachGroups: [onGroups('DetachLoadBalancerTargetGroups')],
    releaseInstances: [onGroups('CompleteLifecycleAction')],
    removeGroups: [onGroups('DeleteAutoScalingGroup')],
  };
}

/** Auto Scaling checks whether the creator of a group may launch from its template. */
function launchGrants(realm: GrantScope): Grant[] {
  return [
    {
      actions: ['ec2:RunInstances'],
      resources: ['*'],
      conditions: { ArnLike: { 'ec2:LaunchTemplate': realm.arn('ec2', 'launch-template/*') } },
      because: 'a launch touches image, subnet, volume and more; the launch template names them',
    },
    {
      actions: ['ec2:CreateTags'],
      resources: ['instance', 'volume', 'network-interface'].map((each) => realm.arn('ec2', `${each}/*`)),
      conditions: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } },
      because: because.laterMade,
    },
    {
      actions: ['iam:PassRole'],
      resources: [realm.arn('iam', `role${instanceRolePath(realm.environment)}*`)],
      conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
      because: because.allServices,
    },
    {
      // The first group of an account creates Auto Scaling's service-linked role.
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [
        realm.arn('iam', 'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling'),
      ],
      conditions: { StringEquals: { 'iam:AWSServiceName': 'autoscaling.amazonaws.com' } },
    },
  ];
}
