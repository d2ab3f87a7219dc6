import type {
  CreateRuleInput,
  DescribeRulesInput,
  ModifyRuleInput,
  SetRulePrioritiesInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../error.ts';
import { normalConditions } from './conditions.ts';
import { normalActions, type Rule, weights } from './rule.ts';

/** The rules of all listeners, the default ones among them. */
export class Rules {
  /** Called after each change. */
  changed: () => void = () => undefined;
  readonly #rules = new Map<string, Rule>();
  readonly #newArn: (listener: string) => string;
  readonly #groupExists: (arn: string) => boolean;

  constructor(newArn: (listener: string) => string, groupExists: (arn: string) => boolean) {
    this.#newArn = newArn;
    this.#groupExists = groupExists;
  }

  /** `priority` left out makes the listener's default rule. */
  create(input: Partial<CreateRuleInput>, priority: number | undefined): Rule {
    const listener = input.ListenerArn ?? '';
    this.#checkPriority(listener, priority);
    const rule: Rule = {
      arn: this.#newArn(listener),
      listener,
      priority,
      conditions: normalConditions(input.Conditions ?? []),
      actions: this.#actions(input.Actions ?? []),
    };
    this.#rules.set(rule.arn, rule);
    this.changed();
    return rule;
  }

  /** Fields that are left out stay as they are. */
  modify(input: ModifyRuleInput): Rule {
    const rule = this.find(input.RuleArn);
    const conditions = input.Conditions && normalConditions(input.Conditions);
    const actions = input.Actions && this.#actions(input.Actions);
    rule.conditions = conditions ?? rule.conditions;
    rule.actions = actions ?? rule.actions;
    this.changed();
    return rule;
  }

  setPriorities(input: SetRulePrioritiesInput): Rule[] {
    const pairs = (input.RulePriorities ?? []).map(({ RuleArn, Priority }) => ({
      rule: this.find(RuleArn),
      priority: Priority,
    }));
    const moved = new Set(pairs.map(({ rule }) => rule));
    for (const { rule, priority } of pairs) this.#checkPriority(rule.listener, priority, moved);
    for (const { rule, priority } of pairs) rule.priority = priority;
    return pairs.map(({ rule }) => rule);
  }

  delete(arn: string | undefined): void {
    this.#rules.delete(this.find(arn).arn);
    this.changed();
  }

  deleteOf(listener: string): void {
    for (const { arn } of this.of(listener)) this.#rules.delete(arn);
    this.changed();
  }

  describe(input: DescribeRulesInput): Rule[] {
    if (input.RuleArns?.length) return input.RuleArns.map((arn) => this.find(arn));
    return this.of(input.ListenerArn ?? '');
  }

  /** Rules of a listener in the order in which they are tried, the default rule last. */
  of(listener: string): Rule[] {
    return [...this.#rules.values()]
      .filter((rule) => rule.listener === listener)
      .sort((a, b) => order(a) - order(b));
  }

  find(arn: string | undefined): Rule {
    const rule = this.#rules.get(arn ?? '');
    if (!rule) throw new AwsError('RuleNotFound', `One or more rules not found: ${arn}`);
    return rule;
  }

  /** The rules that name a target group, whatever its weight. */
  naming(group: string): Rule[] {
    return [...this.#rules.values()].filter((rule) => weights(rule).has(group));
  }

  #actions(actions: NonNullable<CreateRuleInput['Actions']>): Rule['actions'] {
    const normal = normalActions(actions);
    for (const arn of weights({ actions: normal }).keys()) {
      if (!this.#groupExists(arn))
        throw new AwsError('TargetGroupNotFound', `One or more target groups not found: ${arn}`);
    }
    return normal;
  }

  #checkPriority(listener: string, priority: number | undefined, moved?: ReadonlySet<Rule>): void {
    const taken = this.of(listener).some((rule) => rule.priority === priority && !moved?.has(rule));
    if (taken && priority !== undefined)
      throw new AwsError('PriorityInUse', `Priority '${priority}' is currently in use`);
  }
}

function order(rule: Rule): number {
  return rule.priority ?? Number.POSITIVE_INFINITY;
}
