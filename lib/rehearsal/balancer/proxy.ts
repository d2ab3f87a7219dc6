import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { forwardedHeaders, returnedHeaders } from './headers.ts';
import type { Decide } from './route.ts';

/** Idle time-out of a target, as of an ALB. Milliseconds. */
const idleMilliseconds = 60_000;

export interface ListenerProxy {
  /** `http://<address>:<port>` */
  url: string;
  close(): Promise<void>;
}

/**
 * A listener of the load balancer: an HTTP proxy that decides about each request anew. Connections stay open on both
 * sides. A request stays with its target, however the weights move. Nothing is retried, as on an ALB: a target that
 * breaks a connection is a 502 for the client.
 */
export async function startProxy(decide: Decide, address = '127.0.0.1', port = 0): Promise<ListenerProxy> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => handle(request, response, decide, agent));
  server.keepAliveTimeout = idleMilliseconds;
  server.listen(port, address);
  await once(server, 'listening');
  return {
    url: `http://${address}:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      agent.destroy();
    },
  };
}

function handle(request: IncomingMessage, response: ServerResponse, decide: Decide, agent: Agent): void {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const route = decide({ host: request.headers.host ?? '', path });
  if (!route) answer(response, 503, 'text/plain', 'no target for this request\n');
  else if (route.to === 'answer') answer(response, route.status, route.contentType, route.body);
  else forward(request, response, route, agent);
}

function answer(response: ServerResponse, status: number, contentType: string, body: string): void {
  response
    .writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) })
    .end(body);
}

function forward(
  request: IncomingMessage,
  response: ServerResponse,
  target: { host: string; port: number },
  agent: Agent,
): void {
  const outgoing = send({
    host: target.host,
    port: target.port,
    agent,
    method: request.method,
    path: request.url,
    headers: forwardedHeaders(request),
    setHost: false,
    timeout: idleMilliseconds,
  });
  outgoing.once('timeout', () => outgoing.destroy(new Error('silent')));
  outgoing.once('error', ({ message }) => refuse(response, message));
  outgoing.once('response', (incoming) => {
    response.writeHead(incoming.statusCode ?? 502, incoming.statusMessage, returnedHeaders(incoming));
    // If the target breaks off in the middle, so does the client's connection: a cut body must not look complete.
    pipeline(incoming, response, () => undefined);
  });
  response.once('close', () => outgoing.destroy());
  request.pipe(outgoing);
}

/** No answer from the target: 504 when it timed out, 502 otherwise. */
function refuse(response: ServerResponse, why: string): void {
  if (response.headersSent || response.destroyed) response.destroy();
  else answer(response, why === 'silent' ? 504 : 502, 'text/plain', `the target did not answer: ${why}\n`);
}
