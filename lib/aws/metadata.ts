import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { HoldfastError, messageOf } from '../release/errors.ts';

/** The instance metadata service, version 2. */
export interface Metadata {
  /** A document below `/latest/meta-data/`; undefined when there is none. */
  get(path: string): Promise<string | undefined>;
}

const standardEndpoint = 'http://169.254.169.254';
const tokenSeconds = 21_600;
/** Time for one answer, and attempts. A machine without a metadata service waits this long in all. */
const answerMilliseconds = 1_000;
const attempts = 3;

/** Metadata of this instance. `AWS_EC2_METADATA_SERVICE_ENDPOINT` names another endpoint. */
export function instanceMetadata(environment: NodeJS.ProcessEnv): Metadata {
  const endpoint = environment.AWS_EC2_METADATA_SERVICE_ENDPOINT ?? standardEndpoint;
  let session: Promise<string> | undefined;
  return {
    async get(path) {
      session ??= newSession(endpoint);
      const headers = { 'x-aws-ec2-metadata-token': await session };
      const { status, body } = await ask(`${endpoint}/latest/meta-data/${path}`, 'GET', headers);
      if (status === 404) return undefined;
      if (status === 200) return body;
      throw new HoldfastError('AwsFailed', `instance metadata ${path}: answered ${status}`);
    },
  };
}

async function newSession(endpoint: string): Promise<string> {
  const headers = { 'x-aws-ec2-metadata-token-ttl-seconds': String(tokenSeconds) };
  const { status, body } = await ask(`${endpoint}/latest/api/token`, 'PUT', headers);
  if (status === 200) return body;
  throw new HoldfastError('AwsFailed', `instance metadata: no session token, answered ${status}`);
}

async function ask(
  url: string,
  method: string,
  headers: Record<string, string>,
  attempt = 1,
): Promise<{ status: number; body: string }> {
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const signal = AbortSignal.timeout(answerMilliseconds);
      request(url, { method, headers, signal }, resolve).on('error', reject).end();
    });
    return { status: response.statusCode ?? 0, body: await text(response) };
  } catch (cause) {
    if (attempt < attempts) return await ask(url, method, headers, attempt + 1);
    throw new HoldfastError(
      'AwsFailed',
      `instance metadata at ${new URL(url).origin}: no answer (${messageOf(cause)})`,
      { cause },
    );
  }
}
