import { meetsCondition } from './condition.ts';
import { type Keys, keyOf } from './keys.ts';
import { matchesPattern, type Variable } from './pattern.ts';
import type { RequiredPermission } from './required-permission.ts';
import type { Statement } from './statement.ts';

export type Decision = 'allowed' | 'not allowed' | 'denied';

/** What a role's policies say about a need: a Deny outweighs every Allow, and without an Allow nothing is allowed. */
export function decide(
  statements: readonly Statement[],
  need: RequiredPermission,
  everywhere: Keys,
): Decision {
  const keys = { ...everywhere, ...need.keys };
  const variable: Variable = (name) => keyOf(keys, name, need.action);
  const applying = statements.filter((statement) => applies(statement, need, variable));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return applying.length > 0 ? 'allowed' : 'not allowed';
}

function applies(
  { Action, Resource, Condition }: Statement,
  need: RequiredPermission,
  variable: Variable,
): boolean {
  const action = need.action.toLowerCase();
  return (
    Action.some((each) => matchesPattern(each.toLowerCase(), action, variable)) &&
    Resource.some((each) => matchesPattern(each, need.resource, variable)) &&
    meetsCondition(Condition, variable)
  );
}
