import type { z } from 'zod';
import { type ErrorName, HoldfastError } from './errors.ts';

/**
 * Checks a value against a schema. Throws an error that names the path, the found value and the expected one. `what`
 * is the subject of the sentence, for example `settings file /etc/holdfast.json`.
 */
export function check<T extends z.ZodType>(
  schema: T,
  value: unknown,
  what: string,
  error: ErrorName = 'InvalidInput',
): z.output<T> {
  refusePrototype(value, what, error);
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new HoldfastError(error, `${what}: ${parsed.error.issues.map(describeIssue).join('; ')}`, {
    cause: parsed.error,
  });
}

/** Zod drops this key silently. */
export function refusePrototype(value: unknown, what: string, error: ErrorName): void {
  if (holdsPrototype(value)) throw new HoldfastError(error, `${what}: unknown key "__proto__"`);
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.length > 0 ? `${issue.path.map(quoteKey).join('.')}: ` : '';
  if (issue.code === 'unrecognized_keys')
    return `${path}unknown key ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`;
  if (issue.code === 'invalid_union') return describeUnion(issue, path);
  return `${path}${describeFound(issue.input)}, expected ${describeExpected(issue)}`;
}

/** Complaints of the closest alternative, or the allowed words of the key that tells the alternatives apart. */
function describeUnion(issue: z.core.$ZodIssueInvalidUnion, path: string): string {
  const { discriminator, input } = issue;
  if (discriminator !== undefined) {
    const found = (input as Record<string, unknown> | undefined)?.[discriminator];
    // Missing in Zod's types.
    const { options = [] } = issue as { options?: readonly unknown[] };
    return `${path}${describeFound(found)}, expected ${describeWords(options)}`;
  }
  const issues = closest(issue.errors) ?? [];
  return issues.map((each) => describeIssue({ ...each, path: [...issue.path, ...each.path] })).join('; ');
}

function describeFound(input: unknown): string {
  const found = input === undefined ? 'nothing' : JSON.stringify(input);
  return `found ${found.length > 120 ? `${found.slice(0, 120)}...` : found}`;
}

function describeWords(words: readonly unknown[]): string {
  return words.map((word) => JSON.stringify(word)).join(' or ');
}

/** Nothing that is checked nests deeper. */
function holdsPrototype(value: unknown, levels = 16): boolean {
  if (typeof value !== 'object' || value === null || levels === 0) return false;
  if (Object.hasOwn(value, '__proto__')) return true;
  return Object.values(value).some((each) => holdsPrototype(each, levels - 1));
}

/** Keys are input too: none may break the line. */
function quoteKey(key: PropertyKey): string {
  const text = String(key);
  return /^[\w./:@ -]+$/.test(text) ? text : JSON.stringify(text);
}

/** The alternative of a union that is closest to the value: fewest unknown keys, then deepest complaints. */
function closest(errors: z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  return errors.toSorted(
    (a, b) => unknownKeys(a) - unknownKeys(b) || depth(b) - depth(a) || a.length - b.length,
  )[0];
}

function unknownKeys(issues: z.core.$ZodIssue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0);
}

function depth(issues: z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

function describeExpected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return describeWords(issue.values);
    case 'invalid_type':
      return `a value of type ${issue.expected}`;
    case 'invalid_key':
      return issue.issues.map(({ message }) => message).join(' and ');
    default:
      return issue.message;
  }
}

/** Parses JSON text; a syntax error names the subject. */
export function parseJson(text: string, what: string, error: ErrorName = 'InvalidInput'): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HoldfastError(error, `${what}: not JSON (${cause instanceof Error ? cause.message : cause})`, {
      cause,
    });
  }
}
