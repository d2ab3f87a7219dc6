import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A server before another one: the first request that `falls` picks is answered in part or not at all, and then no more. */
export async function silentBefore(
  endpoint: string,
  falls: (request: IncomingMessage) => 'half' | 'all' | undefined,
) {
  let isSpent = false;
  const server = createServer(async (request, response) => {
    const sent = await buffer(request);
    const silence = isSpent ? undefined : falls(request);
    isSpent ||= silence !== undefined;
    if (silence === 'all') return;
    const {
      host: _,
      connection: __,
      'transfer-encoding': ___,
      'content-length': ____,
      ...headers
    } = request.headers;
    const answer = await fetch(`${endpoint}${request.url}`, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(sent.length > 0 ? { body: new Uint8Array(sent) } : {}),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (silence === 'half') response.write(body.subarray(0, body.length / 2));
    else response.end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    wasSilent: () => isSpent,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
