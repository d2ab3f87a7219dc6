import type {
  AddTagsInput,
  CreateListenerInput,
  CreateListenerOutput,
  CreateLoadBalancerInput,
  CreateLoadBalancerOutput,
  CreateRuleInput,
  CreateRuleOutput,
  CreateTargetGroupInput,
  CreateTargetGroupOutput,
  DeleteRuleInput,
  DeleteTargetGroupInput,
  DeregisterTargetsInput,
  DescribeListenersInput,
  DescribeListenersOutput,
  DescribeLoadBalancersInput,
  DescribeLoadBalancersOutput,
  DescribeRulesInput,
  DescribeRulesOutput,
  DescribeTagsInput,
  DescribeTagsOutput,
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput,
  DescribeTargetGroupsInput,
  DescribeTargetGroupsOutput,
  DescribeTargetHealthInput,
  DescribeTargetHealthOutput,
  ModifyRuleInput,
  ModifyRuleOutput,
  ModifyTargetGroupAttributesInput,
  ModifyTargetGroupAttributesOutput,
  ModifyTargetGroupInput,
  ModifyTargetGroupOutput,
  RegisterTargetsInput,
  RemoveTagsInput,
  SetRulePrioritiesInput,
  SetRulePrioritiesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Clock } from '../../clock.ts';
import { type AwsAccount, arn } from '../arns.ts';
import { AwsError } from '../error.ts';
import type { Staleness } from '../faults.ts';
import type { Hosts } from '../hosts.ts';
import type { Ids } from '../ids.ts';
import { page } from '../page.ts';
import type { Timing } from '../timing.ts';
import { meetsConditions } from './conditions.ts';
import { describeBalancer, describeListener, Listeners } from './listeners.ts';
import { Nodes } from './nodes.ts';
import { follow, type Route } from './route.ts';
import { describeRule } from './rule.ts';
import { Rules } from './rules.ts';
import { Tags } from './tags.ts';
import { describeTargets } from './target.ts';
import type { TargetGroup } from './target-group.ts';
import { describeGroup, TargetGroups } from './target-groups.ts';
import { Targets } from './targets.ts';

type Nothing = Record<string, never>;

/** Elastic Load Balancing v2: application load balancers. */
export class Elb {
  readonly listeners = new Listeners();
  readonly rules: Rules;
  readonly nodes: Nodes;
  readonly groups: TargetGroups;
  readonly targets: Targets;
  readonly tags = new Tags();
  readonly #place: AwsAccount;
  readonly #ids: Ids;

  constructor(clock: Clock, hosts: Hosts, ids: Ids, timing: Timing, place: AwsAccount) {
    this.#place = place;
    this.#ids = ids;
    this.groups = new TargetGroups((name) => arn.targetGroup(place, name, ids.short()));
    this.rules = new Rules(
      clock,
      (listener) => arn.rule(place, listener, ids.short()),
      (group) => this.groups.byArn.has(group),
    );
    this.targets = new Targets(clock, hosts, timing, (group) => this.rules.naming(group.arn).length > 0);
    this.nodes = new Nodes(clock, timing.ruleLag);
    this.rules.changed = (listener) => {
      this.nodes.tell(listener, this.rules.of(listener));
      for (const group of this.groups.byArn.values()) this.targets.refresh(group);
    };
  }

  /** Chooses the target of a request, for the balancer proxy and for simulated traffic. */
  route(listenerArn: string, host: string, path: string, pick: () => number = Math.random): Route {
    const views = this.nodes.views(this.listeners.find(listenerArn).arn);
    // Clients come to any of the nodes.
    const view = views.length > 1 ? views[Math.floor(pick() * views.length)] : views[0];
    const rule = view?.find(
      ({ priority, conditions }) => priority === undefined || meetsConditions(conditions, host, path),
    );
    if (!rule) return { kind: 'none', rule: '', because: 'the listener has no default rule' };
    return follow(rule, this.groups.byArn, pick);
  }

  createLoadBalancer(input: CreateLoadBalancerInput): CreateLoadBalancerOutput {
    const id = arn.loadBalancer(this.#place, input.Name ?? '', this.#ids.short());
    const balancer = this.listeners.addBalancer(id, input);
    this.tags.set(id, input.Tags);
    return { LoadBalancers: [describeBalancer(balancer)] };
  }

  describeLoadBalancers(input: DescribeLoadBalancersInput): DescribeLoadBalancersOutput {
    const all = input.LoadBalancerArns?.map((id) => this.listeners.balancer(id));
    const named = [...this.listeners.balancers.values()].filter(
      ({ name }) => !input.Names || input.Names.includes(name),
    );
    return { LoadBalancers: (all ?? named).map(describeBalancer) };
  }

  createListener(input: CreateListenerInput): CreateListenerOutput {
    const id = arn.listener(this.#place, input.LoadBalancerArn ?? '', this.#ids.short());
    const listener = this.listeners.add(id, input);
    this.tags.set(this.rules.create({ ListenerArn: id, Actions: input.DefaultActions }, undefined).arn);
    this.tags.set(id, input.Tags);
    return { Listeners: [describeListener(listener, this.rules.of(id))] };
  }

  describeListeners(input: DescribeListenersInput): DescribeListenersOutput {
    const chosen = input.ListenerArns?.length
      ? input.ListenerArns.map((id) => this.listeners.find(id))
      : this.listeners.of(this.listeners.balancer(input.LoadBalancerArn).arn);
    return { Listeners: chosen.map((listener) => describeListener(listener, this.rules.of(listener.arn))) };
  }

  createRule(input: CreateRuleInput): CreateRuleOutput {
    this.listeners.find(input.ListenerArn);
    const rule = this.rules.create(input, input.Priority);
    this.tags.set(rule.arn, input.Tags);
    return { Rules: [describeRule(rule)] };
  }

  modifyRule(input: ModifyRuleInput): ModifyRuleOutput {
    return { Rules: [describeRule(this.rules.modify(input))] };
  }

  setRulePriorities(input: SetRulePrioritiesInput): SetRulePrioritiesOutput {
    return { Rules: this.rules.setPriorities(input).map(describeRule) };
  }

  deleteRule(input: DeleteRuleInput): Nothing {
    if (this.rules.find(input.RuleArn).priority === undefined)
      throw new AwsError('OperationNotPermitted', 'Default rule cannot be deleted');
    this.rules.delete(input.RuleArn);
    this.tags.forget(input.RuleArn ?? '');
    return {};
  }

  describeRules(input: DescribeRulesInput, stale?: Staleness): DescribeRulesOutput {
    if (!input.RuleArns?.length) this.listeners.find(input.ListenerArn);
    const { items, nextToken } = page(this.rules.describe(input, stale), input.Marker, input.PageSize ?? 100);
    return { Rules: items.map(describeRule), NextMarker: nextToken };
  }

  createTargetGroup(input: CreateTargetGroupInput): CreateTargetGroupOutput {
    const group = this.groups.create(input);
    this.tags.set(group.arn, input.Tags);
    return { TargetGroups: [this.#describe(group)] };
  }

  modifyTargetGroup(input: ModifyTargetGroupInput): ModifyTargetGroupOutput {
    const group = this.groups.modify(input);
    this.targets.wake(group);
    return { TargetGroups: [this.#describe(group)] };
  }

  describeTargetGroups(input: DescribeTargetGroupsInput): DescribeTargetGroupsOutput {
    const all = this.groups.select(input).map((group) => this.#describe(group));
    const { LoadBalancerArn: balancer } = input;
    const found = all.filter(({ LoadBalancerArns }) => !balancer || LoadBalancerArns?.includes(balancer));
    const { items, nextToken } = page(found, input.Marker, input.PageSize ?? 400);
    return { TargetGroups: items, NextMarker: nextToken };
  }

  deleteTargetGroup(input: DeleteTargetGroupInput): Nothing {
    const id = input.TargetGroupArn ?? '';
    if (this.rules.naming(id).length > 0)
      throw new AwsError('ResourceInUse', `Target group '${id}' is currently in use by a listener or a rule`);
    const group = this.groups.byArn.get(id);
    if (group) this.targets.forgetAll(group);
    this.groups.byArn.delete(id);
    this.tags.forget(id);
    return {};
  }

  modifyTargetGroupAttributes(input: ModifyTargetGroupAttributesInput): ModifyTargetGroupAttributesOutput {
    return describeAttributes(this.groups.modifyAttributes(input));
  }

  describeTargetGroupAttributes(
    input: DescribeTargetGroupAttributesInput,
  ): DescribeTargetGroupAttributesOutput {
    return describeAttributes(this.groups.find(input.TargetGroupArn));
  }

  registerTargets(input: RegisterTargetsInput): Nothing {
    const group = this.groups.find(input.TargetGroupArn);
    for (const { Id = '', Port } of input.Targets ?? []) this.targets.register(group, Id, Port);
    return {};
  }

  deregisterTargets(input: DeregisterTargetsInput): Nothing {
    const group = this.groups.find(input.TargetGroupArn);
    for (const { Id = '', Port } of input.Targets ?? []) this.targets.deregister(group, Id, Port);
    return {};
  }

  describeTargetHealth(input: DescribeTargetHealthInput): DescribeTargetHealthOutput {
    const targets = [...this.groups.find(input.TargetGroupArn).targets.values()];
    const asked = input.Targets?.map(({ Id = '' }) => Id);
    return { TargetHealthDescriptions: describeTargets(targets, asked) };
  }

  addTags(input: AddTagsInput): Nothing {
    this.tags.add(input);
    return {};
  }

  removeTags(input: RemoveTagsInput): Nothing {
    this.tags.remove(input);
    return {};
  }

  describeTags(input: DescribeTagsInput): DescribeTagsOutput {
    return this.tags.describe(input);
  }

  #describe(group: TargetGroup) {
    const balancers = this.rules
      .naming(group.arn)
      .map(({ listener }) => this.listeners.byArn.get(listener)?.balancer ?? '');
    return describeGroup(group, [...new Set(balancers)]);
  }
}

function describeAttributes(group: TargetGroup): DescribeTargetGroupAttributesOutput {
  return { Attributes: [...group.attributes].map(([Key, Value]) => ({ Key, Value })) };
}
