/** Options that every SDK client gets. */
export interface Connection {
  region: string;
  maxAttempts: number;
}

/** Attempts of one call. */
export const attempts = {
  /**
   * With the SDK's default of 3, nine in ten of a thousand simultaneous launches fail at Parameter Store's limit of
   * 40 reads a second; with 10 none does.
   */
  instance: 10,
  /**
   * The SDK's pauses between these are at most 52 seconds in all: a permanently throttled call fails with its reason
   * before the Lambda times out, which would give none.
   */
  step: 8,
} as const;

/**
 * Longest silence of a connection of an instance, in a request, an answer or a body. The SDK's clients wait without an
 * end by themselves. Milliseconds.
 */
export const silentMilliseconds = 20_000;
const connectMilliseconds = 5_000;

/** Options that break a silent connection off. A call is then tried again; a body that is being read fails. */
export function impatient(milliseconds = silentMilliseconds) {
  return { requestHandler: { connectionTimeout: connectMilliseconds, socketTimeout: milliseconds } } as const;
}

/** Client options from the environment. */
export function connection(environment: NodeJS.ProcessEnv, of: keyof typeof attempts): Connection {
  const region = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? 'us-east-1';
  return { region, maxAttempts: attempts[of] };
}

/** Additional options of S3 clients: endpoints other than AWS's know no bucket in a host name. */
export function storeOptions(environment: NodeJS.ProcessEnv) {
  return {
    forcePathStyle: Boolean(environment.AWS_ENDPOINT_URL ?? environment.AWS_ENDPOINT_URL_S3),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    logger: silent,
  } as const;
}

const nothing = () => undefined;
/** The SDK also logs failed uploads to the console; silence it so that the agent's stderr stays one sentence. */
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
