import { createHash } from 'node:crypto';

/** A short name for a long one: 12 hex digits, the same for the same parts. */
export function shortDigest(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 12);
}
