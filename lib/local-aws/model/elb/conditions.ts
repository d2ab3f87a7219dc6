import type { RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError, notModelled } from '../error.ts';

/** Condition values that one rule may have. */
const mostValues = 5;

/** Conditions in the form that AWS gives back, checked. */
export function normalConditions(conditions: readonly RuleCondition[]): RuleCondition[] {
  const normal = conditions.map((condition) => {
    const values = valuesOf(condition);
    return condition.Field === 'host-header'
      ? { Field: 'host-header', Values: values, HostHeaderConfig: { Values: values } }
      : { Field: 'path-pattern', Values: values, PathPatternConfig: { Values: values } };
  });
  const count = normal.reduce((sum, { Values }) => sum + Values.length, 0);
  if (count <= mostValues) return normal;
  throw new AwsError('TooManyRules', `A rule has at most ${mostValues} condition values, found ${count}`);
}

/** Whether a request meets all conditions. Hosts ignore case, paths do not; `*` and `?` are wildcards. */
export function meetsConditions(conditions: readonly RuleCondition[], host: string, path: string): boolean {
  const bareHost = host.replace(/:\d+$/, '').toLowerCase();
  const barePath = path.replace(/[?#].*$/s, '');
  return conditions.every((condition) =>
    valuesOf(condition).some((pattern) =>
      condition.Field === 'host-header'
        ? wildcard(pattern.toLowerCase()).test(bareHost)
        : wildcard(pattern).test(barePath),
    ),
  );
}

function valuesOf(condition: RuleCondition): string[] {
  if (condition.Field === 'host-header') return condition.HostHeaderConfig?.Values ?? condition.Values ?? [];
  if (condition.Field === 'path-pattern')
    return condition.PathPatternConfig?.Values ?? condition.Values ?? [];
  throw notModelled(`the rule condition ${condition.Field}`);
}

const patterns = new Map<string, RegExp>();

function wildcard(pattern: string): RegExp {
  const known = patterns.get(pattern);
  if (known) return known;
  const text = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  const made = new RegExp(`^${text}$`, 's');
  patterns.set(pattern, made);
  return made;
}
