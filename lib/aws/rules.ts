import {
  CreateRuleCommand,
  DeleteRuleCommand,
  DescribeRulesCommand,
  type ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
  type RuleCondition,
  SetRulePrioritiesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { HoldfastError } from '../release/errors.ts';
import type { Forward } from '../rollout/decisions/fleet.ts';
import { allPages, call, callUnless } from './call.ts';
import { actionsOf } from './rule-actions.ts';
import { taggedOnes } from './tagged.ts';

export interface Conditions {
  /** Host names; none: all. */
  hosts: readonly string[];
  /** Paths; none: all. */
  paths: readonly string[];
}

export interface Rule {
  arn: string;
  priority: number;
}

/** Rules of a listener. The custom resource creates and removes them; the workflow never does. */
export interface Rules {
  /** Rules of a listener with the tags of a service. */
  find(listener: string, environment: string, service: string): Promise<Rule[]>;
  create(rule: {
    listener: string;
    priority: number;
    conditions: Conditions;
    forward: Forward;
    tags: Readonly<Record<string, string>>;
  }): Promise<string>;
  /** Changes the conditions; the actions stay. */
  setConditions(rule: string, conditions: Conditions): Promise<void>;
  setPriority(rule: string, priority: number): Promise<void>;
  /** Deletes a rule. A missing one is fine. */
  delete(rule: string): Promise<void>;
}

/** Rules through the SDK's client. */
export function listenerRules(client: ElasticLoadBalancingV2Client): Rules {
  return {
    async find(listener, environment, service) {
      const rules = await allPages(async (token) => {
        const answer = await call(`could not list the rules of ${listener}`, () =>
          client.send(new DescribeRulesCommand({ ListenerArn: listener, Marker: token })),
        );
        return { items: answer.Rules, next: answer.NextMarker };
      });
      const onListener = rules
        .filter((rule) => !rule.IsDefault)
        .map((rule) => ({ arn: rule.RuleArn ?? '', priority: Number(rule.Priority) }));
      return taggedOnes(client, onListener, environment, service);
    },

    async create({ listener, priority, conditions, forward, tags }) {
      const what = `could not create a rule of ${listener}`;
      const answer = await call(what, () =>
        client.send(
          new CreateRuleCommand({
            ListenerArn: listener,
            Priority: priority,
            Conditions: conditionsOf(conditions),
            Actions: actionsOf(forward),
            Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
          }),
        ),
      );
      const arn = answer.Rules?.[0]?.RuleArn;
      if (arn) return arn;
      throw new HoldfastError('AwsFailed', `${what}: the answer holds no ARN; deploy the stack again`);
    },

    async setConditions(rule, conditions) {
      await call(`could not set the conditions of rule ${rule}`, () =>
        client.send(new ModifyRuleCommand({ RuleArn: rule, Conditions: conditionsOf(conditions) })),
      );
    },

    async setPriority(rule, priority) {
      await call(`could not set the priority of rule ${rule}`, () =>
        client.send(
          new SetRulePrioritiesCommand({ RulePriorities: [{ RuleArn: rule, Priority: priority }] }),
        ),
      );
    },

    async delete(rule) {
      await callUnless(['RuleNotFoundException', 'RuleNotFound'], `could not delete rule ${rule}`, () =>
        client.send(new DeleteRuleCommand({ RuleArn: rule })),
      );
    },
  };
}

function conditionsOf({ hosts, paths }: Conditions): RuleCondition[] {
  const conditions: RuleCondition[] = [];
  if (hosts.length > 0) conditions.push({ Field: 'host-header', HostHeaderConfig: { Values: [...hosts] } });
  if (paths.length > 0) conditions.push({ Field: 'path-pattern', PathPatternConfig: { Values: [...paths] } });
  return conditions;
}
