import { AwsError, notModelled } from '../model/error.ts';
import { isService } from '../model/operations.ts';
import type { World } from '../world.ts';
import { checkBody } from './body.ts';
import { unchunk } from './chunked.ts';
import type { WireRequest, WireResponse } from './message.ts';
import { operationSchema, type WireService } from './protocol.ts';
import { callerOf, type Scope, scopeOf } from './scope.ts';
import { wireServices } from './services.ts';
import { checkSignature } from './signature.ts';

let requests = 0;

/** Answers one request as AWS would. */
export async function handle(world: World, request: WireRequest): Promise<WireResponse> {
  requests += 1;
  const requestId = `request-${requests}`;
  const scope = scopeOf(request);
  const service = scope?.service ?? 's3';
  const known = isService(service) ? wireServices[service] : undefined;
  const { codec } = known ?? wireServices.ssm;
  try {
    if (!known) throw notModelled(`the service ${service}`);
    return await answer(world, { service, known, scope, request, requestId });
  } catch (error) {
    return codec.error(awsError(error), request, requestId);
  }
}

interface WireCall {
  service: string;
  known: WireService;
  scope: Scope | undefined;
  request: WireRequest;
  requestId: string;
}

async function answer(world: World, asked: WireCall): Promise<WireResponse> {
  const { service, known, scope, requestId } = asked;
  checkSignature(asked.request, scope, world.keys);
  world.iam.admit(service, scope?.accessKeyId, asked.request.headers['x-amz-security-token']);
  checkBody(asked.request);
  const request = unchunk(asked.request);
  const operation = known.codec.operation(request, known);
  const schema = operationSchema(known, operation);
  if (!schema) throw notModelled(`${service}:${operation}`);
  const input = (await known.codec.decode(request, schema)) as Record<string, unknown>;
  const output = await world.call({ service, operation, input, caller: callerOf(request, scope) });
  return known.codec.encode(output, schema, known, requestId);
}

/** A mistake in the model itself must not look like a fault that a client retries. */
function awsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  return new AwsError(
    'ModelFailed',
    error instanceof Error ? (error.stack ?? error.message) : String(error),
    501,
  );
}
