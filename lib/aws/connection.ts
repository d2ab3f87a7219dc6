/** What every SDK client is made with. */
export interface Connection {
  region: string;
  maxAttempts: number;
}

/**
 * Attempts of a call: with the SDK's default of 3, nine in ten of a thousand instances that start at once fail at
 * Parameter Store's limit of 40 reads a second; with 10 none does.
 */
const attempts = 10;

/** Connection from the environment. */
export function connection(environment: NodeJS.ProcessEnv): Connection {
  const region = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? 'us-east-1';
  return { region, maxAttempts: attempts };
}

/** What an S3 client is made with besides: other endpoints than AWS's know no bucket in a host name. */
export function storeOptions(environment: NodeJS.ProcessEnv) {
  return {
    forcePathStyle: Boolean(environment.AWS_ENDPOINT_URL ?? environment.AWS_ENDPOINT_URL_S3),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  } as const;
}
