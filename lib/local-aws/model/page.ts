import { AwsError } from './error.ts';

/** One page of a list; the token is the index of the next item. */
export function page<T>(
  all: readonly T[],
  token: string | undefined,
  size: number,
): { items: T[]; nextToken: string | undefined } {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0 || start > all.length)
    throw new AwsError('ValidationError', `Invalid pagination token: ${token}`);
  const end = start + size;
  return { items: all.slice(start, end), nextToken: end < all.length ? String(end) : undefined };
}
