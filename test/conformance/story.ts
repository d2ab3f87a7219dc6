import type { Account } from './account.ts';

/** Something that whoever stands in for AWS must do as AWS does it. */
export interface Story {
  name: string;
  tell(account: Account): Promise<void>;
  /** What moto does otherwise: it is not asked. */
  notMoto?: string;
}

/** Name of the error that a call ends with, or `fine`. */
export function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'fine',
    (error: Error) => error.name,
  );
}
