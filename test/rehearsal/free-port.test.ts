import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePort } from '../../lib/rehearsal/free-port.ts';

it('is free on every loopback address', async () => {
  const port = await freePort();
  const servers = ['127.0.0.1', '127.9.8.7'].map((address) => createServer().listen(port, address));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  for (const server of servers) server.close();
});
