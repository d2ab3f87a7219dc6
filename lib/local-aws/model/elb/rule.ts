import type { Action, Rule as DescribedRule, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, notModelled } from '../error.ts';

export interface Rule {
  arn: string;
  listener: string;
  /** Undefined for the default rule. */
  priority: number | undefined;
  conditions: RuleCondition[];
  actions: Action[];
}

/** Weight of each target group of the forward action, by ARN. */
export function weights(rule: Pick<Rule, 'actions'>): Map<string, number> {
  const groups = rule.actions.flatMap((action) => action.ForwardConfig?.TargetGroups ?? []);
  return new Map(groups.map((group) => [group.TargetGroupArn ?? '', group.Weight ?? 1]));
}

export function describeRule(rule: Rule): DescribedRule {
  return {
    RuleArn: rule.arn,
    Priority: rule.priority === undefined ? 'default' : String(rule.priority),
    Conditions: rule.conditions,
    Actions: rule.actions,
    IsDefault: rule.priority === undefined,
  };
}

/** Actions in the one form that AWS gives back: a forward always with its ForwardConfig. */
export function normalActions(actions: readonly Action[]): Action[] {
  return actions.map((action) => {
    if (action.Type === 'forward') return forward(action);
    if (action.Type === 'fixed-response' || action.Type === 'redirect') return action;
    throw notModelled(`the rule action ${action.Type}`);
  });
}

function forward(action: Action): Action {
  const groups = action.ForwardConfig?.TargetGroups ?? [{ TargetGroupArn: action.TargetGroupArn, Weight: 1 }];
  const [first] = groups;
  if (!first || groups.length > 5)
    throw new AwsError('TooManyTargets', `A forward action has 1 to 5 target groups, found ${groups.length}`);
  for (const { Weight = 1 } of groups) {
    if (!Number.isInteger(Weight) || Weight < 0 || Weight > 999)
      throw new AwsError('ValidationError', `Weight ${Weight} is not between 0 and 999`);
  }
  return {
    Type: 'forward',
    ...(action.Order === undefined ? {} : { Order: action.Order }),
    ...(groups.length === 1 ? { TargetGroupArn: first.TargetGroupArn } : {}),
    ForwardConfig: {
      TargetGroups: groups.map((group) => ({ ...group, Weight: group.Weight ?? 1 })),
      TargetGroupStickinessConfig: action.ForwardConfig?.TargetGroupStickinessConfig ?? { Enabled: false },
    },
  };
}
