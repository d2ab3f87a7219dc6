import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** Answer of a custom resource's function to CloudFormation. */
export interface ResponseBody {
  Status: 'SUCCESS' | 'FAILED';
  Reason?: string;
  PhysicalResourceId?: string;
  Data?: Record<string, unknown>;
}

export interface ExpectedResponse {
  /** URL that the function sends its answer to. */
  url: string;
  /** The answer; rejects when none comes in time. */
  body: Promise<ResponseBody>;
}

/** Receives the answers of custom resources, as CloudFormation's presigned URLs do. */
export interface ResponseServer {
  expect(seconds: number): ExpectedResponse;
  close(): Promise<void>;
}

export async function startResponseServer(address = '127.0.0.1'): Promise<ResponseServer> {
  const waiting = new Map<string, (body: ResponseBody) => void>();
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer(async (request, response) => {
    const take = request.method === 'PUT' ? waiting.get(request.url ?? '') : undefined;
    const body = await json(request).catch(() => undefined);
    response.writeHead(take && body ? 200 : 400).end();
    if (take && body) take(body as ResponseBody);
  });
  server.listen(0, address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    expect(seconds) {
      const path = `/${randomUUID()}`;
      const body = new Promise<ResponseBody>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no answer in ${seconds} seconds`)), seconds * 1000);
        timers.add(timer);
        waiting.set(path, (answer) => {
          clearTimeout(timer);
          waiting.delete(path);
          resolve(answer);
        });
      });
      body.catch(() => undefined);
      return { url: `http://${address}:${port}${path}`, body };
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
