import type {
  ActivitiesType,
  ActivityType,
  AttachLoadBalancerTargetGroupsType,
  AutoScalingGroupNamesType,
  AutoScalingGroupsType,
  CompleteLifecycleActionType,
  CreateAutoScalingGroupType,
  CreateOrUpdateTagsType,
  DeleteAutoScalingGroupType,
  DeletePolicyType,
  DeleteWarmPoolType,
  DescribeLifecycleHooksAnswer,
  DescribeLifecycleHooksType,
  DescribePoliciesType,
  DescribeScalingActivitiesType,
  DescribeWarmPoolAnswer,
  DescribeWarmPoolType,
  DetachLoadBalancerTargetGroupsType,
  PoliciesType,
  PolicyARNType,
  PutLifecycleHookType,
  PutScalingPolicyType,
  PutWarmPoolType,
  RecordLifecycleActionHeartbeatType,
  SetDesiredCapacityType,
  TerminateInstanceInAutoScalingGroupType,
  UpdateAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import type { Clock } from '../../clock.ts';
import { type AwsAccount, arn } from '../arns.ts';
import type { Ec2 } from '../ec2/ec2.ts';
import type { Elb } from '../elb/elb.ts';
import { Ids } from '../ids.ts';
import { page } from '../page.ts';
import type { Ssm } from '../ssm/ssm.ts';
import type { Timing } from '../timing.ts';
import { findWait } from './actions.ts';
import { Activities, describeActivities } from './activities.ts';
import {
  checkDeletable,
  groupExists,
  groupNotFound,
  memberNotFound,
  targetGroupsNotFound,
} from './errors.ts';
import { Fleets } from './fleets.ts';
import { describeGroup, type Group } from './group.ts';
import { describeHooks, newHook, resultOf } from './hook.ts';
import { type Member, targetState } from './member.ts';
import { newGroup, pinnedTemplate } from './new-group.ts';
import { Policies } from './policies.ts';
import { changedSizes, checkDesired } from './sizes.ts';
import { groupTag, passesTagFilters } from './tags.ts';
import { watchTargets } from './target-health.ts';
import { describeWarmed, newPool } from './warm-pool.ts';

type Nothing = Record<string, never>;

/** EC2 Auto Scaling: groups, their hooks, and the instances on their way in and out. */
export class AutoScaling {
  readonly fleets: Fleets;
  readonly #policies: Policies;
  readonly #clock: Clock;
  readonly #place: AwsAccount;
  readonly #ids: Ids;
  readonly #activityIds = new Ids();
  readonly #timing: Timing;
  readonly #ec2: Ec2;

  constructor(clock: Clock, timing: Timing, ids: Ids, place: AwsAccount, ec2: Ec2, elb: Elb, ssm: Ssm) {
    this.#clock = clock;
    this.#place = place;
    this.#ids = ids;
    this.#ec2 = ec2;
    this.#timing = timing;
    this.fleets = new Fleets(clock, timing, ids, ec2, elb, ssm);
    this.#policies = new Policies(place, ids);
    ec2.instances.targetState = (id) => this.targetLifecycleState(id);
    watchTargets(clock, elb, this.fleets);
  }

  createAutoScalingGroup(input: CreateAutoScalingGroupType): Nothing {
    const name = input.AutoScalingGroupName ?? '';
    const known = this.fleets.groups.get(name);
    if (known) throw groupExists(known);
    const identity = {
      arn: arn.group(this.#place, this.#ids.uuid(), name),
      createdAt: this.#clock.now(),
      activities: new Activities(name, this.#clock, this.#activityIds),
    };
    const group = newGroup(input, identity, this.#ec2.templates, this.#newest);
    this.#checkTargetGroups([...group.targetGroups]);
    this.fleets.groups.set(name, group);
    this.fleets.reconcile(group);
    return {};
  }

  describeAutoScalingGroups(input: AutoScalingGroupNamesType): AutoScalingGroupsType {
    const names = input.AutoScalingGroupNames;
    const found = [...this.fleets.groups.values()].filter(
      (group) =>
        (!names?.length || names.includes(group.name)) && passesTagFilters(group, input.Filters ?? []),
    );
    const { items, nextToken } = page(found, input.NextToken, input.MaxRecords ?? 50);
    return {
      AutoScalingGroups: items.map((group) => describeGroup(group, this.#ec2.zones)),
      NextToken: nextToken,
    };
  }

  updateAutoScalingGroup(input: UpdateAutoScalingGroupType): Nothing {
    const group = this.#group(input.AutoScalingGroupName);
    const template =
      input.LaunchTemplate && pinnedTemplate(input.LaunchTemplate, this.#ec2.templates, this.#newest);
    Object.assign(group, changedSizes(group, input));
    group.template = template ?? group.template;
    group.subnets = input.VPCZoneIdentifier?.split(',') ?? group.subnets;
    group.healthCheckType = input.HealthCheckType ?? group.healthCheckType;
    group.graceSeconds = input.HealthCheckGracePeriod ?? group.graceSeconds;
    this.fleets.reconcile(group);
    return {};
  }

  setDesiredCapacity(input: SetDesiredCapacityType): Nothing {
    const group = this.#group(input.AutoScalingGroupName);
    group.desired = checkDesired(group, input.DesiredCapacity ?? group.desired);
    this.fleets.reconcile(group);
    return {};
  }

  deleteAutoScalingGroup(input: DeleteAutoScalingGroupType): Nothing {
    const group = this.#group(input.AutoScalingGroupName);
    if (!input.ForceDelete) checkDeletable(group);
    this.fleets.delete(group);
    return {};
  }

  attachLoadBalancerTargetGroups(input: AttachLoadBalancerTargetGroupsType): Nothing {
    const group = this.#group(input.AutoScalingGroupName);
    this.#checkTargetGroups(input.TargetGroupARNs ?? []);
    for (const targetGroup of input.TargetGroupARNs ?? []) group.targetGroups.add(targetGroup);
    for (const { instance, state } of group.members.values()) {
      if (state === 'InService') this.fleets.registrations.register(group, instance.id);
    }
    return {};
  }

  detachLoadBalancerTargetGroups(input: DetachLoadBalancerTargetGroupsType): Nothing {
    const group = this.#group(input.AutoScalingGroupName);
    const leaving = new Set(input.TargetGroupARNs);
    for (const id of group.members.keys()) {
      this.fleets.registrations.drain({ ...group, targetGroups: leaving }, id, () => undefined);
    }
    for (const targetGroup of leaving) group.targetGroups.delete(targetGroup);
    return {};
  }

  terminateInstanceInAutoScalingGroup(input: TerminateInstanceInAutoScalingGroupType): ActivityType {
    const [group, member] = this.#member(input.InstanceId);
    if (input.ShouldDecrementDesiredCapacity) group.desired = checkDesired(group, group.desired - 1);
    this.fleets.lifecycle.terminate(group, member);
    return { Activity: group.activities.endingOf(member.instance.id) };
  }

  describeScalingActivities(input: DescribeScalingActivitiesType): ActivitiesType {
    const name = input.AutoScalingGroupName;
    const groups = name === undefined ? [...this.fleets.groups.values()] : [this.#group(name)];
    const all = groups.flatMap(({ activities }) => activities.all);
    const newestFirst = all.toSorted((a, b) => Number(b.StartTime) - Number(a.StartTime));
    return describeActivities(newestFirst, input);
  }

  putLifecycleHook(input: PutLifecycleHookType): Nothing {
    const group = this.#group(input.AutoScalingGroupName);
    const hook = newHook({ LifecycleTransition: undefined, ...input });
    group.hooks.set(hook.name, hook);
    return {};
  }

  describeLifecycleHooks(input: DescribeLifecycleHooksType): DescribeLifecycleHooksAnswer {
    const { name, hooks } = this.#group(input.AutoScalingGroupName);
    return { LifecycleHooks: describeHooks(name, [...hooks.values()], input.LifecycleHookNames) };
  }

  completeLifecycleAction(input: CompleteLifecycleActionType): Nothing {
    const wait = findWait(this.#group(input.AutoScalingGroupName), input);
    wait.complete(resultOf(input.LifecycleActionResult));
    return {};
  }

  recordLifecycleActionHeartbeat(input: RecordLifecycleActionHeartbeatType): Nothing {
    findWait(this.#group(input.AutoScalingGroupName), input).heartbeat();
    return {};
  }

  putScalingPolicy(input: PutScalingPolicyType): PolicyARNType {
    return this.#policies.put(this.#group(input.AutoScalingGroupName), input);
  }

  describePolicies(input: DescribePoliciesType): PoliciesType {
    const name = input.AutoScalingGroupName;
    return this.#policies.describe(name ? [this.#group(name)] : [...this.fleets.groups.values()], input);
  }

  deletePolicy(input: DeletePolicyType): Nothing {
    this.#policies.delete(this.#group(input.AutoScalingGroupName), input);
    return {};
  }

  putWarmPool(input: PutWarmPoolType): Nothing {
    const group = this.#group(input.AutoScalingGroupName);
    group.warmPool = newPool(input, group.warmPool);
    this.fleets.reconcile(group);
    return {};
  }

  describeWarmPool(input: DescribeWarmPoolType): DescribeWarmPoolAnswer {
    return describeWarmed(this.#group(input.AutoScalingGroupName), input);
  }

  deleteWarmPool(input: DeleteWarmPoolType): Nothing {
    const group = this.#group(input.AutoScalingGroupName);
    this.fleets.deletePool(group, input);
    return {};
  }

  createOrUpdateTags(input: CreateOrUpdateTagsType): Nothing {
    for (const tag of input.Tags ?? []) this.#group(tag.ResourceId).tags.set(...groupTag(tag));
    return {};
  }

  /** `autoscaling/target-lifecycle-state` of an instance's metadata. */
  targetLifecycleState(instanceId: string): string | undefined {
    const found = this.fleets.member(instanceId);
    return found && targetState(found[1]);
  }

  /** Time of the newest launch template version that Auto Scaling finds. */
  get #newest(): number {
    return this.#clock.now() - this.#timing.templateLag;
  }

  #group(name = ''): Group {
    const group = this.fleets.groups.get(name);
    if (group) return group;
    throw groupNotFound(name);
  }

  #member(instanceId = ''): [Group, Member] {
    const found = this.fleets.member(instanceId);
    if (found) return found;
    throw memberNotFound(instanceId);
  }

  #checkTargetGroups(arns: readonly string[]): void {
    const unknown = arns.filter((targetGroup) => !this.fleets.registrations.exists(targetGroup));
    if (unknown.length === 0) return;
    throw targetGroupsNotFound(unknown);
  }
}
