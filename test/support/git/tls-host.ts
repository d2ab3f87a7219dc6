import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface TlsHost {
  /** Its origin. */
  url: string;
  /** File with the certificate of who signed its own: itself. */
  authority: string;
  close(): Promise<void>;
}

/** A host that speaks HTTPS and sends each request elsewhere, with the same path. */
export async function startRedirectingHost(folder: string, to: string, status = 301): Promise<TlsHost> {
  const [key, authority] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const options = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', ...options, ...names, '-keyout', key, '-out', authority], {
    stdio: 'pipe',
  });
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(authority) },
    (request, response) => {
      response.writeHead(status, { location: `${to}${request.url}` }).end();
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    authority,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
