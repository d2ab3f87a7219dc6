/** A deep copy of what commands and answers hold: plain objects and lists are copied, dates and bytes are shared. */
export function copyOf<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy = { ...value } as Record<string, unknown>;
  for (const key in copy) {
    const inside = copy[key];
    if (inside !== null && typeof inside === 'object') copy[key] = copyOf(inside);
  }
  return copy as T;
}
