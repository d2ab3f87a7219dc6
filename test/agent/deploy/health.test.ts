import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitForHealth } from '../../../lib/agent/deploy/health.ts';

describe('waitForHealth', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function serve(listener: RequestListener): Promise<string> {
    server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
  }

  it('is content with 200', async () => {
    const url = await serve((_, response) => response.end());
    expect(await waitForHealth({ url, timeoutSeconds: 5 })).toBeUndefined();
  });

  it('asks again until it is 200', async () => {
    let asked = 0;
    const url = await serve((_, response) => response.writeHead(++asked < 4 ? 503 : 200).end());
    expect(await waitForHealth({ url, timeoutSeconds: 20 })).toBeUndefined();
    expect(asked).toBe(4);
  });

  it.each([204, 301, 404, 500])('does not take %d for healthy, and says what it got', async (status) => {
    const url = await serve((_, response) => response.writeHead(status).end());
    expect(await waitForHealth({ url, timeoutSeconds: 0.3 })).toBe(`status ${status}`);
  });

  it('says when nobody answers, and when an answer never ends', async () => {
    expect(await waitForHealth({ url: 'http://127.0.0.1:9/', timeoutSeconds: 0.3 })).toBe('no answer');
    const url = await serve(() => undefined);
    expect(await waitForHealth({ url, timeoutSeconds: 0.3 })).toBe('no answer');
  });
});
