import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { fetchHttp } from '../../lib/git/http.ts';
import { startRedirectingHost, type TlsHost } from '../support/git/tls-host.ts';

describe('a redirect', () => {
  let folder: string;
  let plain: Server;
  let host: TlsHost;
  let origin: string;
  const seen: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-redirects-'));
    plain = createServer((request, response) => {
      seen.push(request);
      const [, status] = /^\/to\/(\d+)/.exec(request.url ?? '') ?? [];
      if (status !== undefined) response.writeHead(Number(status), { location: '/there' }).end();
      else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end();
      else response.end('there');
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(plain.address() as AddressInfo).port}`;
    host = await startRedirectingHost(folder, origin);
    setDefaultCACertificates([...getCACertificates(), readFileSync(host.authority, 'utf8')]);
  });
  beforeEach(() => seen.splice(0));
  afterAll(async () => {
    setDefaultCACertificates(getCACertificates('bundled'));
    await host.close();
    plain.close();
    rmSync(folder, { recursive: true });
  });

  async function* chunks() {
    yield Buffer.from('what is asked');
  }

  it('from HTTPS to HTTP is refused, and nothing is sent there', async () => {
    await expect(fetchHttp.request({ url: `${host.url}/site.git` })).rejects.toThrow(
      `${host.url} redirects to http, expected https; correct the url`,
    );
    expect(seen).toEqual([]);
  });

  it('to itself ends', async () => {
    await expect(fetchHttp.request({ url: `${origin}/round` })).rejects.toThrow(
      'redirects more than 20 times',
    );
  });

  it.each([
    [301, 'GET'],
    [302, 'GET'],
    [303, 'GET'],
    [307, 'POST'],
    [308, 'POST'],
  ])('of %i is followed, with the authorization on the same host', async (status, method) => {
    const answer = await fetchHttp.request({
      url: `${origin}/to/${status}`,
      method: 'POST',
      headers: { authorization: 'Basic x' },
      body: chunks(),
    });
    expect([answer.statusCode, answer.url]).toEqual([200, `${origin}/there`]);
    expect(seen.at(-1)).toMatchObject({ method, headers: { authorization: 'Basic x' } });
  });
});
