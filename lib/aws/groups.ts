import {
  type AutoScalingClient,
  type AutoScalingGroup,
  CreateAutoScalingGroupCommand,
  type CreateAutoScalingGroupCommandInput,
  DeleteAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  type DescribeAutoScalingGroupsCommandInput,
  DetachLoadBalancerTargetGroupsCommand,
  type Instance as GroupMember,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { launchHook, tags, terminateHook } from '../config/resource-names.ts';
import type { Fleet, Instance } from '../rollout/decisions/fleet.ts';
import type { LaunchFailure } from '../rollout/decisions/launches.ts';
import { allPages, call, callUnless, inPartsOf } from './call.ts';
import { launchFailures } from './launch-failures.ts';
import { presentPool } from './warm-pools.ts';

/**
 * Properties of a new group. Hooks, tags and target groups are part of the creation, so no instance can miss them.
 */
export interface GroupSpec {
  name: string;
  /** Minimum and desired size at birth. */
  size: number;
  max: number;
  launchTemplate: { id: string; version: number };
  subnets: readonly string[];
  targetGroups: readonly string[];
  /** Propagated to the instances before they boot. */
  tags: Readonly<Record<string, string>>;
  launchHookSeconds: number;
  terminateHookSeconds: number;
}

export interface Sizes {
  min?: number;
  max?: number;
  desired?: number;
}

/** EC2 Auto Scaling. "Not found" is `undefined`; a failed call throws AwsFailed. */
export interface Groups {
  get(name: string): Promise<Fleet | undefined>;
  /** All groups of a service, or of the environment, found by tags. */
  list(environment: string, service?: string): Promise<Fleet[]>;
  /** Launches that did not work, newest first, of the group's newest hundred activities; none when it is gone. */
  launchFailures(name: string): Promise<LaunchFailure[]>;
  /** Creates a group; `false` when the name is taken. */
  create(spec: GroupSpec): Promise<boolean>;
  resize(name: string, sizes: Sizes): Promise<void>;
  /** Detaches target groups from the group, which deregisters its instances from them. */
  detach(name: string, targetGroups: readonly string[]): Promise<void>;
  /**
   * Deletes a group; `force` ends its instances without hooks. A missing group is fine. A busy group stays: look
   * again.
   */
  delete(name: string, options?: { force?: boolean }): Promise<void>;
}

const gone = ['ValidationError'];
const busy = [
  'ResourceInUseFault',
  'ResourceInUse',
  'ScalingActivityInProgressFault',
  'ScalingActivityInProgress',
];

/** Auto Scaling groups through the SDK's client. */
export function autoScalingGroups(client: AutoScalingClient): Groups {
  async function describe(input: DescribeAutoScalingGroupsCommandInput): Promise<Fleet[]> {
    const groups = await allPages(async (token) => {
      const answer = await call('could not look at groups', () =>
        client.send(new DescribeAutoScalingGroupsCommand({ ...input, NextToken: token })),
      );
      return { items: answer.AutoScalingGroups, next: answer.NextToken };
    });
    return groups.map(groupOf);
  }

  return {
    async get(name: string): Promise<Fleet | undefined> {
      const [group] = await describe({ AutoScalingGroupNames: [name] });
      return group;
    },

    list(environment: string, service?: string): Promise<Fleet[]> {
      const filters = [{ Name: `tag:${tags.environment}`, Values: [environment] }];
      if (service) filters.push({ Name: `tag:${tags.service}`, Values: [service] });
      return describe({ Filters: filters });
    },

    launchFailures: (name) => launchFailures(client, name),

    async create(spec: GroupSpec): Promise<boolean> {
      const exists = ['AlreadyExistsFault', 'AlreadyExists'];
      const created = await callUnless(exists, `could not create group ${spec.name}`, () =>
        client.send(new CreateAutoScalingGroupCommand(creation(spec))),
      );
      return created !== undefined;
    },

    async resize(name: string, { min, max, desired }: Sizes): Promise<void> {
      await call(`could not resize group ${name}`, () =>
        client.send(
          new UpdateAutoScalingGroupCommand({
            AutoScalingGroupName: name,
            ...(min !== undefined && { MinSize: min }),
            ...(max !== undefined && { MaxSize: max }),
            ...(desired !== undefined && { DesiredCapacity: desired }),
          }),
        ),
      );
    },

    async detach(name: string, targetGroups: readonly string[]): Promise<void> {
      for (const part of inPartsOf(10, targetGroups)) {
        await call(`could not detach target groups from group ${name}`, () =>
          client.send(
            new DetachLoadBalancerTargetGroupsCommand({ AutoScalingGroupName: name, TargetGroupARNs: part }),
          ),
        );
      }
    },

    async delete(name: string, options: { force?: boolean } = {}): Promise<void> {
      await callUnless([...gone, ...busy], `could not delete group ${name}`, () =>
        client.send(
          new DeleteAutoScalingGroupCommand({
            AutoScalingGroupName: name,
            ...(options.force && { ForceDelete: true }),
          }),
        ),
      );
    },
  };
}

function creation(spec: GroupSpec): CreateAutoScalingGroupCommandInput {
  return {
    AutoScalingGroupName: spec.name,
    MinSize: spec.size,
    MaxSize: spec.max,
    DesiredCapacity: spec.size,
    LaunchTemplate: {
      LaunchTemplateId: spec.launchTemplate.id,
      Version: String(spec.launchTemplate.version),
    },
    VPCZoneIdentifier: spec.subnets.join(','),
    ...(spec.targetGroups.length > 0 && { TargetGroupARNs: [...spec.targetGroups] }),
    // A failing shared dependency must not replace a whole fleet, so the balancer's checks decide about traffic only.
    HealthCheckType: 'EC2',
    HealthCheckGracePeriod: 0,
    Tags: Object.entries(spec.tags).map(([key, value]) => ({
      ResourceId: spec.name,
      ResourceType: 'auto-scaling-group',
      Key: key,
      Value: value,
      PropagateAtLaunch: true,
    })),
    LifecycleHookSpecificationList: [
      {
        LifecycleHookName: launchHook,
        LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
        DefaultResult: 'ABANDON',
        HeartbeatTimeout: spec.launchHookSeconds,
      },
      {
        LifecycleHookName: terminateHook,
        LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
        DefaultResult: 'CONTINUE',
        HeartbeatTimeout: spec.terminateHookSeconds,
      },
    ],
  };
}

function groupOf(group: AutoScalingGroup): Fleet {
  const { LaunchTemplate: template, WarmPoolConfiguration: pool } = group;
  return {
    name: group.AutoScalingGroupName ?? '',
    min: group.MinSize ?? 0,
    max: group.MaxSize ?? 0,
    desired: group.DesiredCapacity ?? 0,
    instances: (group.Instances ?? []).flatMap(instanceOf),
    tags: Object.fromEntries((group.Tags ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? ''])),
    targetGroups: group.TargetGroupARNs ?? [],
    launchTemplate: template && { id: template.LaunchTemplateId ?? '', version: Number(template.Version) },
    deleting: group.Status !== undefined,
    ...(pool && { warmPool: presentPool(pool) }),
  };
}

/** Instances in the warm pool serve no traffic and are not counted. */
function instanceOf({ InstanceId, LifecycleState }: GroupMember): Instance[] {
  const lifecycle = LifecycleState ?? 'Unknown';
  return lifecycle.startsWith('Warmed:') ? [] : [{ id: InstanceId ?? '', lifecycle }];
}
