import {
  type Action,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Health } from '../config/service.ts';
import type { Forward, Target } from '../rollout/decisions/fleet.ts';
import { allPages, call, callUnless, inPartsOf } from './call.ts';
import { actionsOf } from './rule-actions.ts';
import { taggedOnes } from './tagged.ts';

export interface RuleAction {
  forward: Forward;
  /** Group stickiness is on. */
  sticky: boolean;
}

export interface TargetGroupInfo {
  arn: string;
  name: string;
  /** ARNs of the load balancers whose rules name it. */
  balancers: string[];
}

/** Elastic Load Balancing: traffic and targets. A failed call throws AwsFailed. */
export interface Balancer {
  /** Action of a rule; `undefined` when there is no such rule. */
  action(rule: string): Promise<RuleAction | undefined>;
  /** Sets the weights of a rule, group stickiness off; no weights: the fixed 503. Its conditions stay. */
  forward(rule: string, weights: Forward): Promise<void>;
  /** All targets of a target group; none when the group is gone. */
  targets(targetGroup: string): Promise<Target[]>;
  /** Whether a target group is there. */
  exists(targetGroup: string): Promise<boolean>;
  /** Deregisters targets. A missing target is fine. */
  deregister(targetGroup: string, instances: readonly string[]): Promise<void>;
  /** Sets health check and deregistration delay. */
  configure(targetGroup: string, health: Health, drainSeconds: number): Promise<void>;
  /** Target groups that carry the tags of a service. */
  ofService(environment: string, service: string): Promise<TargetGroupInfo[]>;
  /** Deletes a target group. A missing one is fine. */
  delete(targetGroup: string): Promise<void>;
}

const noGroup = ['TargetGroupNotFoundException', 'TargetGroupNotFound'];
const noRule = ['RuleNotFoundException', 'RuleNotFound'];

/** Elastic Load Balancing through the SDK's client. */
export function elasticLoadBalancing(client: ElasticLoadBalancingV2Client): Balancer {
  return {
    async action(rule) {
      const answer = await callUnless(noRule, `could not look at rule ${rule}`, () =>
        client.send(new DescribeRulesCommand({ RuleArns: [rule] })),
      );
      const found = answer?.Rules?.[0];
      return found && ruleAction(found.Actions ?? []);
    },

    async forward(rule, weights) {
      await call(`could not set the weights of rule ${rule}`, () =>
        client.send(new ModifyRuleCommand({ RuleArn: rule, Actions: actionsOf(weights) })),
      );
    },

    async targets(targetGroup) {
      const answer = await callUnless(noGroup, `could not look at the targets of ${targetGroup}`, () =>
        client.send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup })),
      );
      return (answer?.TargetHealthDescriptions ?? []).map(targetOf);
    },

    async exists(targetGroup) {
      const answer = await callUnless(noGroup, `could not look for target group ${targetGroup}`, () =>
        client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [targetGroup] })),
      );
      return (answer?.TargetGroups ?? []).length > 0;
    },

    async deregister(targetGroup, instances) {
      for (const part of inPartsOf(100, instances)) {
        const command = new DeregisterTargetsCommand({
          TargetGroupArn: targetGroup,
          Targets: part.map((id) => ({ Id: id })),
        });
        await callUnless(
          [...noGroup, 'InvalidTargetException', 'InvalidTarget'],
          `could not deregister targets of ${targetGroup}`,
          () => client.send(command),
        );
      }
    },

    async configure(targetGroup, health, drainSeconds) {
      await call(`could not set the health check of ${targetGroup}`, () =>
        client.send(new ModifyTargetGroupCommand(healthCheck(targetGroup, health))),
      );
      const attributes = {
        'deregistration_delay.timeout_seconds': String(drainSeconds),
        'stickiness.enabled': 'false',
      };
      await call(`could not set the attributes of ${targetGroup}`, () =>
        client.send(
          new ModifyTargetGroupAttributesCommand({
            TargetGroupArn: targetGroup,
            Attributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })),
          }),
        ),
      );
    },

    async ofService(environment, service) {
      const groups = await allPages(async (token) => {
        const answer = await call('could not list target groups', () =>
          client.send(new DescribeTargetGroupsCommand({ Marker: token })),
        );
        return { items: answer.TargetGroups, next: answer.NextMarker };
      });
      const infos = groups.map((group) => ({
        arn: group.TargetGroupArn ?? '',
        name: group.TargetGroupName ?? '',
        balancers: group.LoadBalancerArns ?? [],
      }));
      return taggedOnes(client, infos, environment, service);
    },

    async delete(targetGroup) {
      await callUnless(noGroup, `could not delete target group ${targetGroup}`, () =>
        client.send(new DeleteTargetGroupCommand({ TargetGroupArn: targetGroup })),
      );
    },
  };
}

function ruleAction(actions: readonly Action[]): RuleAction {
  const forward = actions.find((action) => action.Type === 'forward');
  const config = forward?.ForwardConfig;
  const weights = (config?.TargetGroups ?? []).map(({ TargetGroupArn = '', Weight = 1 }) => ({
    targetGroup: TargetGroupArn,
    weight: Weight,
  }));
  const only = forward?.TargetGroupArn;
  return {
    forward: weights.length === 0 && only ? [{ targetGroup: only, weight: 1 }] : weights,
    sticky: config?.TargetGroupStickinessConfig?.Enabled ?? false,
  };
}

function targetOf({ Target, TargetHealth }: TargetHealthDescription): Target {
  return {
    id: Target?.Id ?? '',
    port: Target?.Port ?? 0,
    state: TargetHealth?.State ?? 'unknown',
    ...(TargetHealth?.Reason !== undefined && { reason: TargetHealth.Reason }),
    ...(TargetHealth?.Description !== undefined && { description: TargetHealth.Description }),
  };
}

function healthCheck(targetGroup: string, health: Health) {
  return {
    TargetGroupArn: targetGroup,
    HealthCheckPath: health.path,
    HealthCheckIntervalSeconds: health.intervalSeconds,
    HealthCheckTimeoutSeconds: health.checkTimeoutSeconds,
    HealthyThresholdCount: health.healthyThreshold,
    UnhealthyThresholdCount: health.unhealthyThreshold,
    Matcher: { HttpCode: health.matcher },
  };
}
