/** The sample site: one page, one health check. Listens on HOST and PORT. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { HOST = '127.0.0.1', PORT = '8080' } = process.env;
const page = readFileSync(new URL('./public/index.html', import.meta.url), 'utf8');

const server = createServer((request, response) => {
  if (request.url === '/health') response.end('healthy\n');
  else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
});

// Longer than the load balancer keeps an idle connection: it must be the one that closes.
server.keepAliveTimeout = 75_000;
server.listen(Number(PORT), HOST, () => console.log(`site on ${HOST}:${PORT}`));

// Open requests end, new ones are not taken.
process.once('SIGTERM', () => {
  server.close();
  server.closeIdleConnections();
});
