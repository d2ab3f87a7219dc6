import type {
  AddTagsInput,
  CreateRuleInput,
  SetRulePrioritiesInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Account } from '../account.ts';
import { requestTags, resourceTags } from '../keys.ts';
import { onAll, onEach, type RequiredPermission } from '../required-permission.ts';

const service = 'elasticloadbalancing';

/** Elastic Load Balancing. */
export const elbPermissions = {
  ...Object.fromEntries(
    [
      'DescribeListeners',
      'DescribeLoadBalancers',
      'DescribeRules',
      'DescribeTags',
      'DescribeTargetGroupAttributes',
      'DescribeTargetGroups',
      'DescribeTargetHealth',
    ].map((verb) => [verb, () => onAll(`${service}:${verb}`)]),
  ),
  ...Object.fromEntries(['DeleteRule', 'ModifyRule'].map((verb) => [verb, onRule(verb)])),
  ...Object.fromEntries(
    [
      'DeleteTargetGroup',
      'DeregisterTargets',
      'ModifyTargetGroup',
      'ModifyTargetGroupAttributes',
      'RegisterTargets',
    ].map((verb) => [verb, onTargetGroup(verb)]),
  ),
  SetRulePriorities: ({ RulePriorities = [] }: SetRulePrioritiesInput, account: Account) =>
    RulePriorities.flatMap(({ RuleArn }) => onTagged('SetRulePriorities', RuleArn, account)),
  CreateRule,
  AddTags: ({ ResourceArns = [], Tags }: AddTagsInput, account: Account) =>
    ResourceArns.flatMap((resource) => onTagged('AddTags', resource, account)).map((need) => ({
      ...need,
      // The key exists only when a resource is tagged at its creation.
      keys: { ...need.keys, ...requestTags(Tags), [`${service}:CreateAction`]: undefined },
    })),
};

/** Tags of a new rule need a right of their own, on the rule that is being created. */
function CreateRule(
  { ListenerArn = '', Tags = [] }: CreateRuleInput,
  account: Account,
): RequiredPermission[] {
  const [need] = onTagged('CreateRule', ListenerArn, account);
  const tagging = requestTags(Tags);
  const rule = `${ListenerArn.replace(':listener/', ':listener-rule/')}/*`;
  const addTags = { action: `${service}:AddTags`, resource: rule };
  return [
    ...(need ? [{ ...need, keys: { ...need.keys, ...tagging } }] : []),
    ...(Tags.length > 0
      ? [
          {
            ...addTags,
            keys: { ...resourceTags(service, {}), ...tagging, [`${service}:CreateAction`]: 'CreateRule' },
          },
        ]
      : []),
  ];
}

function onRule(verb: string) {
  return ({ RuleArn }: { RuleArn?: string }, account: Account) => onTagged(verb, RuleArn, account);
}

function onTargetGroup(verb: string) {
  return ({ TargetGroupArn }: { TargetGroupArn?: string }, account: Account) =>
    onTagged(verb, TargetGroupArn, account);
}

/** A missing resource has no tags: a right that depends on tags is refused before "not found" is answered. */
function onTagged(verb: string, resource = '', { elb }: Account): RequiredPermission[] {
  return onEach(`${service}:${verb}`, [resource], resourceTags(service, elb.tags.of(resource)));
}
