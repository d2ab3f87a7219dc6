import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { World } from '../world.ts';
import { handle } from './handle.ts';
import type { WireRequest } from './message.ts';

export interface Endpoint {
  /** For AWS_ENDPOINT_URL. */
  url: string;
  close(): Promise<void>;
}

/** The local AWS over HTTP. Port 0 takes a free one. */
export async function serve(world: World, host = '127.0.0.1', port = 0): Promise<Endpoint> {
  const server = createServer((request, reply) => {
    // A caller that closed its connection gets no answer.
    answer(world, request, reply).catch(() => reply.destroy());
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: () => closeServer(server),
  };
}

async function answer(world: World, request: IncomingMessage, reply: ServerResponse): Promise<void> {
  const { status, headers, body } = await handle(world, await wireRequest(request));
  reply.writeHead(
    status,
    request.method === 'HEAD' ? headers : { ...headers, 'content-length': body.length },
  );
  reply.end(body);
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

async function wireRequest(request: IncomingMessage): Promise<WireRequest> {
  const { method = 'GET', url = '/', headers } = request;
  const cut = url.indexOf('?');
  return {
    method,
    host: headers.host ?? '',
    path: cut < 0 ? url : url.slice(0, cut),
    query: new Map(new URLSearchParams(cut < 0 ? '' : url.slice(cut + 1))),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')]),
    ),
    body: await buffer(request),
  };
}
