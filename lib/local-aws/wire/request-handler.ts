import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type HttpHandler, type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { World } from '../world.ts';
import { handle } from './handle.ts';
import type { WireRequest } from './message.ts';

/** A request handler for the SDK's clients: the wire without a socket. `new SSMClient({ requestHandler: requestHandler(world) })`. */
export function requestHandler(world: World): HttpHandler {
  return {
    async handle(request: HttpRequest) {
      const { status, headers, body } = await handle(world, await wireRequest(request));
      // Only S3 objects are read as streams; everything else is quicker as bytes.
      const streamed = headers['accept-ranges'] !== undefined && request.method === 'GET';
      return {
        response: new HttpResponse({
          statusCode: status,
          headers:
            request.method === 'HEAD' ? headers : { ...headers, 'content-length': String(body.length) },
          body: streamed ? Readable.from(body.length > 0 ? [body] : []) : body,
        }),
      };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

async function wireRequest({
  method,
  hostname,
  path,
  query,
  headers,
  body,
}: HttpRequest): Promise<WireRequest> {
  const parameters = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, each ?? ''] as const),
  );
  return {
    method,
    host: hostname,
    path,
    query: new Map(parameters),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: await bytes(body),
  };
}

async function bytes(body: unknown): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return Buffer.from(body);
  return body instanceof Readable ? buffer(body) : new Uint8Array();
}
