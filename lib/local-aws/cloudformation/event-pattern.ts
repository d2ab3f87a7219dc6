/** An event pattern of EventBridge: each field holds a list of allowed values, or a pattern of its own. */
export interface Pattern {
  [field: string]: (string | number | boolean | null | { prefix: string })[] | Pattern;
}

/** Whether an event fits a pattern. Of the comparisons only equality and prefix are known; others are refused. */
export function matches(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = (event as Record<string, unknown> | null | undefined)?.[field];
    if (!Array.isArray(wanted)) return matches(wanted, value);
    const values = Array.isArray(value) ? value : [value];
    return wanted.some((each) => values.some((found) => matchesValue(each, found)));
  });
}

function matchesValue(wanted: unknown, value: unknown): boolean {
  if (wanted === null || typeof wanted !== 'object') return wanted === value;
  const { prefix, ...other } = wanted as { prefix?: string };
  if (prefix === undefined || Object.keys(other).length > 0) {
    throw new Error(
      `the rehearsal does not know the comparison ${JSON.stringify(wanted)} of an event pattern`,
    );
  }
  return typeof value === 'string' && value.startsWith(prefix);
}
