/** What every SDK client is made with. */
export interface Connection {
  region: string;
  maxAttempts: number;
}

/** Attempts of a call. */
export const attempts = {
  /**
   * With the SDK's default of 3, nine in ten of a thousand instances that start at once fail at Parameter Store's limit
   * of 40 reads a second; with 10 none does.
   */
  instance: 10,
  /**
   * The SDK's pauses between so many are at most 52 seconds: a call that is throttled for good fails with its reason
   * before the Lambda's time is over, which would give none.
   */
  step: 8,
} as const;

/** Connection from the environment. */
export function connection(environment: NodeJS.ProcessEnv, of: keyof typeof attempts): Connection {
  const region = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? 'us-east-1';
  return { region, maxAttempts: attempts[of] };
}

/** What an S3 client is made with besides: other endpoints than AWS's know no bucket in a host name. */
export function storeOptions(environment: NodeJS.ProcessEnv) {
  return {
    forcePathStyle: Boolean(environment.AWS_ENDPOINT_URL ?? environment.AWS_ENDPOINT_URL_S3),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    logger: silent,
  } as const;
}

const nothing = () => undefined;
/** Of an upload that fails the SDK warns on the console as well: an instance's stderr holds one sentence. */
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
