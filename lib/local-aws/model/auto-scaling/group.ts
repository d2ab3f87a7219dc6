import type {
  AutoScalingGroup as DescribedGroup,
  PutScalingPolicyType,
  TagDescription,
} from '@aws-sdk/client-auto-scaling';
import type { Activities } from './activities.ts';
import type { Hook } from './hook.ts';
import { describeMember, isLeaving, type Member } from './member.ts';
import { describePool, type WarmPool } from './warm-pool.ts';

export interface GroupTag {
  value: string;
  propagate: boolean;
}

export interface Group {
  name: string;
  arn: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  min: number;
  max: number;
  desired: number;
  template: { id: string; name: string; version: number };
  subnets: string[];
  healthCheckType: string;
  graceSeconds: number;
  cooldownSeconds: number;
  tags: Map<string, GroupTag>;
  /** ARNs. */
  targetGroups: Set<string>;
  hooks: Map<string, Hook>;
  /** By instance id. */
  members: Map<string, Member>;
  warmPool: WarmPool | undefined;
  /** Members of the warm pool, by instance id. */
  warmed: Map<string, Member>;
  policies: Map<string, PutScalingPolicyType & { arn: string }>;
  activities: Activities;
  deleting: boolean;
  /** Launches in a row that never came into service. */
  failures: number;
  /** Earliest time of the next launch; milliseconds since the epoch. */
  notBefore: number;
  cancelRetry: () => void;
}

/** Members that count towards the desired capacity. */
export function stayingMembers(group: Group): Member[] {
  return [...group.members.values()].filter((member) => !isLeaving(member));
}

/** Members that count towards the size of the warm pool. */
export function stayingWarmMembers(group: Group): Member[] {
  return [...group.warmed.values()].filter((member) => !isLeaving(member));
}

/** Members of the group and of its warm pool. */
export function everyMember(group: Group): Member[] {
  return [...group.members.values(), ...group.warmed.values()];
}

/** Whether any instance is launching or ending. */
export function isBusy(group: Group): boolean {
  return everyMember(group).some(({ state }) => state !== 'InService' && state !== 'Warmed:Stopped');
}

function describeTags(group: Group): TagDescription[] {
  return [...group.tags].map(([Key, { value, propagate }]) => ({
    ResourceId: group.name,
    ResourceType: 'auto-scaling-group',
    Key,
    Value: value,
    PropagateAtLaunch: propagate,
  }));
}

export function describeGroup(group: Group, zones: ReadonlyMap<string, string>): DescribedGroup {
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    MinSize: group.min,
    MaxSize: group.max,
    DesiredCapacity: group.desired,
    DefaultCooldown: group.cooldownSeconds,
    AvailabilityZones: [...new Set(group.subnets.map((subnet) => zones.get(subnet) ?? ''))],
    VPCZoneIdentifier: group.subnets.join(','),
    HealthCheckType: group.healthCheckType,
    HealthCheckGracePeriod: group.graceSeconds,
    LaunchTemplate: {
      LaunchTemplateId: group.template.id,
      LaunchTemplateName: group.template.name,
      Version: String(group.template.version),
    },
    TargetGroupARNs: [...group.targetGroups],
    Instances: [...group.members.values()].map(describeMember),
    Tags: describeTags(group),
    CreatedTime: new Date(group.createdAt),
    ...(group.deleting ? { Status: 'Delete in progress' } : {}),
    ...(group.warmPool && {
      WarmPoolConfiguration: describePool(group.warmPool),
      WarmPoolSize: group.warmed.size,
    }),
    TerminationPolicies: ['Default'],
    NewInstancesProtectedFromScaleIn: false,
  };
}
