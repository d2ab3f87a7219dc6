/** Whom a story is asked of: the settings of the SDK's clients. */
export interface Asked {
  /** `the local AWS` or `moto` */
  name: string;
  region: string;
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  maxAttempts: number;
}

/** Name of the error that a call ends with, or `fine`. */
export function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'fine',
    (error: Error) => error.name,
  );
}
