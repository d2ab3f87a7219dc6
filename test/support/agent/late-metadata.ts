import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A metadata service before another one: what `isLate` picks is not there when it is asked for the first time. */
export async function lateBefore(endpoint: string, isLate: (path: string) => boolean) {
  const asked = new Set<string>();
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    const isFirst = isLate(path) && !asked.has(path);
    asked.add(path);
    if (isFirst) return response.writeHead(404).end('Not Found');
    const { host: _, connection: __, ...headers } = request.headers;
    const method = request.method ?? 'GET';
    const answer = await fetch(endpoint + path, { method, headers: headers as Record<string, string> });
    return response.writeHead(answer.status).end(await answer.text());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
