import type {
  CreateRuleInput,
  DescribeRulesInput,
  ModifyRuleInput,
  SetRulePrioritiesInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Clock } from '../../clock.ts';
import { AwsError } from '../error.ts';
import type { Staleness } from '../faults.ts';
import { normalConditions } from './conditions.ts';
import { normalActions, type Rule, weights } from './rule.ts';

/** A rule as it was until some moment; no rule: before it was made. */
interface Former {
  until: number;
  rule: Rule | undefined;
}

/** The rules of all listeners, the default ones among them. */
export class Rules {
  /** Called after each change of a listener's rules. */
  changed: (listener: string) => void = () => undefined;
  readonly #rules = new Map<string, Rule>();
  /** Oldest first, by ARN: late answers show them. */
  readonly #former = new Map<string, Former[]>();
  readonly #clock: Clock;
  readonly #newArn: (listener: string) => string;
  readonly #groupExists: (arn: string) => boolean;

  constructor(clock: Clock, newArn: (listener: string) => string, groupExists: (arn: string) => boolean) {
    this.#clock = clock;
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
    this.#former.set(rule.arn, [{ until: this.#clock.now(), rule: undefined }]);
    this.changed(listener);
    return rule;
  }

  /** Fields that are left out stay as they are. */
  modify(input: ModifyRuleInput): Rule {
    const rule = this.find(input.RuleArn);
    const conditions = input.Conditions && normalConditions(input.Conditions);
    const actions = input.Actions && this.#actions(input.Actions);
    this.#keep(rule);
    rule.conditions = conditions ?? rule.conditions;
    rule.actions = actions ?? rule.actions;
    this.changed(rule.listener);
    return rule;
  }

  setPriorities(input: SetRulePrioritiesInput): Rule[] {
    const pairs = (input.RulePriorities ?? []).map(({ RuleArn, Priority }) => ({
      rule: this.find(RuleArn),
      priority: Priority,
    }));
    const moved = new Set(pairs.map(({ rule }) => rule));
    for (const { rule, priority } of pairs) this.#checkPriority(rule.listener, priority, moved);
    for (const { rule, priority } of pairs) {
      this.#keep(rule);
      rule.priority = priority;
    }
    for (const listener of new Set(pairs.map(({ rule }) => rule.listener))) this.changed(listener);
    return pairs.map(({ rule }) => rule);
  }

  delete(arn: string | undefined): void {
    const { arn: found, listener } = this.find(arn);
    this.#rules.delete(found);
    this.changed(listener);
  }

  deleteOf(listener: string): void {
    for (const { arn } of this.of(listener)) this.#rules.delete(arn);
    this.changed(listener);
  }

  /** Deleted rules are gone at once. */
  describe(input: DescribeRulesInput, stale?: Staleness): Rule[] {
    const seenAt = this.#clock.now() - (stale?.milliseconds ?? 0);
    const asSeen = (rule: Rule) => {
      const former = this.#former.get(rule.arn)?.find(({ until }) => until > seenAt);
      return former ? former.rule : rule;
    };
    if (!input.RuleArns?.length)
      return this.of(input.ListenerArn ?? '')
        .map(asSeen)
        .filter((rule) => rule !== undefined);
    return input.RuleArns.map((arn) => asSeen(this.find(arn)) ?? notFound(arn));
  }

  #keep(rule: Rule): void {
    this.#former.get(rule.arn)?.push({ until: this.#clock.now(), rule: { ...rule } });
  }

  /** Rules of a listener in the order in which they are tried, the default rule last. */
  of(listener: string): Rule[] {
    return [...this.#rules.values()]
      .filter((rule) => rule.listener === listener)
      .sort((a, b) => order(a) - order(b));
  }

  find(arn: string | undefined): Rule {
    const rule = this.#rules.get(arn ?? '');
    return rule ?? notFound(arn);
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

function notFound(arn: string | undefined): never {
  throw new AwsError('RuleNotFound', `One or more rules not found: ${arn}`);
}

function order(rule: Rule): number {
  return rule.priority ?? Number.POSITIVE_INFINITY;
}
