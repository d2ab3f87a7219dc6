import { notModelled } from '../model/error.ts';
import { matchesPattern, type Variable, withVariables } from './pattern.ts';
import type { Statement } from './statement.ts';

/** Whether a value of a request meets one of a policy. */
type Operator = (wanted: string, value: string, variable: Variable) => boolean;

/** Those that Holdfast's policies use. */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: (wanted, value, variable) => withVariables(wanted, variable) === value,
  StringLike: matchesPattern,
  ArnLike: isArnLike,
};

/** Whether a request meets all conditions of a statement. A key that the request lacks meets none of them but `Null`. */
export function meetsCondition(condition: Statement['Condition'], variable: Variable): boolean {
  return Object.entries(condition).every(([name, wanted]) => {
    if (name === 'Null') return isPresence(wanted, variable);
    const operator = operators[name];
    if (!operator) throw notModelled(`the condition operator ${name}`);
    return Object.entries(wanted).every(([key, values]) => {
      const value = variable(key);
      return value !== undefined && values.some((each) => operator(each, value, variable));
    });
  });
}

/** `Null` asks whether a key is missing. */
function isPresence(wanted: Statement['Condition'][string], variable: Variable): boolean {
  return Object.entries(wanted).every(([key, values]) =>
    values.includes(String(variable(key) === undefined)),
  );
}

/** A wildcard does not reach over the colons between the six parts of an ARN. */
function isArnLike(wanted: string, value: string, variable: Variable): boolean {
  const [pattern, parts] = [partsOf(wanted), partsOf(value)];
  return (
    pattern.length === parts.length &&
    pattern.every((each, index) => matchesPattern(each, parts[index] ?? '', variable))
  );
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
