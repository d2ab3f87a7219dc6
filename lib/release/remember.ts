/** Most values that are kept. The oldest goes first. */
const most = 64;

/**
 * Remembers parsed texts: waiting steps read the same record, settings and journal again and again. All callers get
 * the same value, so it is frozen. Errors are not remembered.
 */
export function remember<T>(parse: (text: string, what: string) => T): (text: string, what: string) => T {
  const known = new Map<string, T>();
  return (text, what) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const value = freeze(parse(text, what));
    const [oldest] = known.keys();
    if (oldest !== undefined && known.size >= most) known.delete(oldest);
    known.set(text, value);
    return value;
  };
}

/** Freezes a value with all its parts. */
function freeze<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value;
  for (const inside of Object.values(value)) freeze(inside);
  return Object.freeze(value);
}
