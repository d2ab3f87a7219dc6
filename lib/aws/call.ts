import { HoldfastError } from '../release/errors.ts';

/**
 * Calls AWS. A refusal becomes AwsFailed, with the purpose of the call in its message and the SDK's error as its
 * cause.
 */
export async function call<T>(what: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (cause) {
    throw awsFailed(what, cause);
  }
}

/** Like `call`, but errors with one of these names mean "there is none": the result is `undefined`. */
export async function callUnless<T>(
  names: readonly string[],
  what: string,
  request: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await request();
  } catch (cause) {
    if (names.includes(nameOfSdk(cause))) return undefined;
    throw awsFailed(what, cause);
  }
}

/** Reads all pages of a list. `page` gets the token of the page and returns items and the next token. */
export async function allPages<T>(
  page: (token: string | undefined) => Promise<{ items: T[] | undefined; next: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await page(token);
    all.push(...(items ?? []));
    token = next;
  } while (token);
  return all;
}

/** Splits a list into parts of at most `size`, because many AWS calls take a limited number of names. */
export function inPartsOf<T>(size: number, list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, part) =>
    list.slice(part * size, (part + 1) * size),
  );
}

function awsFailed(what: string, cause: unknown): HoldfastError {
  const detail = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new HoldfastError('AwsFailed', `${what}: ${detail}`, { cause });
}

/** The error code of a refusal. */
function nameOfSdk(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
