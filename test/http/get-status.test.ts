import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getStatus } from '../../lib/http/get-status.ts';

describe('asking for a status', () => {
  let server: Server;
  let url: string;
  let seen: string | undefined;
  beforeAll(async () => {
    server = createServer((request, response) => {
      seen = request.headers['user-agent'];
      if (request.url === '/silent') return;
      response.statusCode = request.url === '/gone' ? 410 : 200;
      response.end('ok');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const options = { milliseconds: 2_000, userAgent: 'somebody' };

  it('gives the status, whatever it is, and says who asks', async () => {
    expect(await getStatus(`${url}/`, options)).toBe(200);
    expect(await getStatus(`${url}/gone`, options)).toBe(410);
    expect(seen).toBe('somebody');
  });

  it('gives nothing when no answer comes in time, or nobody listens', async () => {
    expect(await getStatus(`${url}/silent`, { ...options, milliseconds: 50 })).toBeUndefined();
    expect(await getStatus('http://127.0.0.1:1/', options)).toBeUndefined();
  });
});
