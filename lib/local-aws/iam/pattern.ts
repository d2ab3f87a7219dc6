/** Gives the value of a policy variable such as `aws:userid`; undefined: the request has none. */
export type Variable = (name: string) => string | undefined;

/** `${aws:userid}`, the wildcards, and what lies between them. */
const token = /\$\{([^}]*)\}|[*?]|[^*?$]+|\$/g;

/** Of a variable that stands for a character which would otherwise mean something. */
const literals: ReadonlySet<string> = new Set(['*', '?', '$']);

/** Whether a text fits a pattern of a policy: `*` is any characters, `?` is one, a variable is its value and no pattern. */
export function matchesPattern(pattern: string, text: string, variable: Variable): boolean {
  const expression = pattern.includes('${') ? expressionOf(pattern, variable) : fixedExpression(pattern);
  return expression?.test(text) ?? false;
}

/** Expressions of patterns without variables: the same few are matched against every call. */
const fixed = new Map<string, RegExp | undefined>();

function fixedExpression(pattern: string): RegExp | undefined {
  const expression = fixed.get(pattern) ?? expressionOf(pattern, () => undefined);
  fixed.set(pattern, expression);
  return expression;
}

/** Undefined when a variable has no value: such a pattern fits nothing, not even the empty text. */
function expressionOf(pattern: string, variable: Variable): RegExp | undefined {
  const parts = [...pattern.matchAll(token)].map(([part, name]) =>
    name === undefined ? wildcardsOf(part) : variableValue(name, variable),
  );
  return parts.includes(undefined) ? undefined : new RegExp(`^${parts.join('')}$`, 's');
}

/** A text with the values of its variables; undefined when one has none. */
export function withVariables(text: string, variable: Variable): string | undefined {
  let isWhole = true;
  const filled = text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const value = literals.has(name) ? name : variable(name);
    if (value === undefined) isWhole = false;
    return value ?? '';
  });
  return isWhole ? filled : undefined;
}

function wildcardsOf(part: string): string {
  if (part === '*') return '.*';
  return part === '?' ? '.' : escapeForRegExp(part);
}

function variableValue(name: string, variable: Variable): string | undefined {
  const value = literals.has(name) ? name : variable(name);
  return value === undefined ? undefined : escapeForRegExp(value);
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
