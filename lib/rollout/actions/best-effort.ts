import { messageOf } from '../../release/errors.ts';

/** Why something could not be read or saved. */
export interface Unavailable {
  unavailable: string;
}

export function isUnavailable(found: unknown): found is Unavailable {
  return typeof found === 'object' && found !== null && 'unavailable' in found;
}

/** Reads what can be read: partial evidence is better than none, and each gap says why. */
export async function tryToRead<T>(read: () => Promise<T>): Promise<T | Unavailable> {
  try {
    return await read();
  } catch (error) {
    return { unavailable: messageOf(error) };
  }
}
