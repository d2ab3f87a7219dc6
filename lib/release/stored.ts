import type { z } from 'zod';
import type { ErrorName } from './errors.ts';
import { check, refusePrototype } from './validate.ts';

type Path = readonly PropertyKey[];

/**
 * Checks a stored value, as `check` does, and keeps keys that it does not know: a later version wrote them, and reads
 * them again. Requests and the configuration refuse such keys instead.
 */
export function checkStored<T extends z.ZodType>(
  schema: T,
  value: unknown,
  what: string,
  error: ErrorName = 'InvalidRecord',
): z.output<T> {
  refusePrototype(value, what, error);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const unknown = pathsOfUnknown(parsed.error.issues);
  if (unknown.length === 0) return check(schema, value, what, error);
  const known: unknown = checkStored(schema, without(value, unknown), what, error);
  for (const path of unknown) parentOf(known, path)[lastOf(path)] = at(value, path);
  return known as z.output<T>;
}

/** Paths of unknown keys, if they are all that is wrong. */
function pathsOfUnknown(issues: readonly z.core.$ZodIssue[]): Path[] {
  const paths = issues.map((issue) => pathsIn(issue, issue.path));
  return paths.every((found) => found.length > 0) ? paths.flat() : [];
}

function pathsIn(issue: z.core.$ZodIssue, path: Path): Path[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...path, key]);
  if (issue.code !== 'invalid_union') return [];
  // The alternative that fits but for keys which no alternative knows.
  const fits = issue.errors
    .map((errors) => pathsOfUnknown(errors))
    .find((found) => found.length > 0 && found.every((each) => isUnknown(issue.errors, each)));
  return (fits ?? []).map((each) => [...path, ...each]);
}

function isUnknown(alternatives: readonly (readonly z.core.$ZodIssue[])[], path: Path): boolean {
  return alternatives.every((issues) =>
    issues.some(
      (issue) =>
        issue.code === 'unrecognized_keys' &&
        issue.keys.some((key) => [...issue.path, key].every((part, index) => part === path[index])),
    ),
  );
}

function without(value: unknown, paths: readonly Path[]): unknown {
  const copy: unknown = structuredClone(value);
  for (const path of paths) delete parentOf(copy, path)[lastOf(path)];
  return copy;
}

function parentOf(value: unknown, path: Path): Record<PropertyKey, unknown> {
  return at(value, path.slice(0, -1)) as Record<PropertyKey, unknown>;
}

function at(value: unknown, path: Path): unknown {
  return path.reduce((inside, key) => (inside as Record<PropertyKey, unknown>)[key], value);
}

const lastOf = (path: Path) => path.at(-1) as PropertyKey;
