import { HoldfastError } from '../release/errors.ts';

/** Asks AWS; a refusal becomes AwsFailed that says what was asked, with the SDK's error as its cause. */
export async function call<T>(what: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (cause) {
    throw awsFailed(what, cause);
  }
}

/** Like `call`, but an error with one of these names means "it is not so": the result is `undefined`. */
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

/** Follows a list through its pages. `page` gets the token of the page to read and gives items and the next token. */
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

/** The list in parts of at most `size`: many verbs of AWS take a limited number of names. */
export function inPartsOf<T>(size: number, list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, part) =>
    list.slice(part * size, (part + 1) * size),
  );
}

function awsFailed(what: string, cause: unknown): HoldfastError {
  const detail = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new HoldfastError('AwsFailed', `${what}: ${detail}`, { cause });
}

/** The error code of a refusal; some services put it under `Code` behind a generic name. */
function nameOfSdk(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
