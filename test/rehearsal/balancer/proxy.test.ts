import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingMessage,
  type RequestListener,
  request,
  type Server,
} from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type ListenerProxy, startProxy } from '../../../lib/rehearsal/balancer/proxy.ts';
import type { Decide, Route } from '../../../lib/rehearsal/balancer/route.ts';

describe('the proxy of the load balancer', () => {
  const closers: (() => unknown)[] = [];

  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  async function target(
    listener: RequestListener,
  ): Promise<{ route: Route; server: Server; sockets: () => number }> {
    let sockets = 0;
    const server = createServer(listener).on('connection', () => {
      sockets += 1;
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    return { route: { to: 'target', host: '127.0.0.1', port }, server, sockets: () => sockets };
  }

  async function proxy(decide: Decide): Promise<ListenerProxy> {
    const started = await startProxy(decide);
    closers.push(() => started.close());
    return started;
  }

  const bodyOf = async (incoming: IncomingMessage) => {
    let body = '';
    for await (const chunk of incoming.setEncoding('utf8')) body += chunk;
    return body;
  };

  it('passes method, path, headers and bodies on, and says who the client is', async () => {
    const { route } = await target(async (incoming, response) => {
      const { host, connection, 'x-own': own, 'x-forwarded-for': client } = incoming.headers;
      const seen = {
        method: incoming.method,
        url: incoming.url,
        host,
        own,
        client,
        body: await bodyOf(incoming),
      };
      response.writeHead(
        201,
        [
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
          ['X-Hop', String(connection)],
        ].flat(),
      );
      response.end(JSON.stringify(seen));
    });
    const { url } = await proxy(() => route);
    const answer = await fetch(`${url}/a/b?c=d`, {
      method: 'POST',
      body: 'hello',
      headers: { 'x-own': 'yes' },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await answer.json()).toEqual({
      method: 'POST',
      url: '/a/b?c=d',
      host: new URL(url).host,
      own: 'yes',
      client: '127.0.0.1',
      body: 'hello',
    });
  });

  it('streams bodies of any size both ways', async () => {
    const { route } = await target((incoming, response) => incoming.pipe(response));
    const { url } = await proxy(() => route);
    const big = Buffer.alloc(5_000_000, 'x');
    const answer = await fetch(url, { method: 'PUT', body: big });
    expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), big)).toBe(0);
  });

  it('keeps connections open on both sides', async () => {
    const { route, sockets } = await target((_, response) => response.end('fine'));
    const { url } = await proxy(() => route);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    closers.push(() => agent.destroy());
    for (let index = 0; index < 20; index += 1) {
      const outgoing = request(url, { agent }).end();
      const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
      expect(await bodyOf(incoming)).toBe('fine');
      expect(outgoing.reusedSocket).toBe(index > 0);
    }
    expect(sockets()).toBe(1);
  });

  it('decides anew for each request on one connection, and by host and path', async () => {
    const [one, two] = [
      await target((_, response) => response.end('one')),
      await target((_, response) => response.end('two')),
    ];
    const seen: unknown[] = [];
    const { url } = await proxy((routed) => {
      seen.push(routed);
      return seen.length === 1 ? one.route : two.route;
    });
    expect(await (await fetch(`${url}/first?x=y`)).text()).toBe('one');
    expect(await (await fetch(`${url}/second`)).text()).toBe('two');
    expect(seen).toEqual(['/first', '/second'].map((path) => ({ host: new URL(url).host, path })));
  });

  it('lets a request in flight end where it began when the route moves', async () => {
    let finish: () => void = () => undefined;
    const old = await target((_, response) => {
      response.write('begun ');
      finish = () => response.end('and ended');
    });
    const young = await target((_, response) => response.end('young'));
    let { route } = old;
    const { url } = await proxy(() => route);
    const slow = await fetch(url);
    route = young.route;
    expect(await (await fetch(url)).text()).toBe('young');
    finish();
    expect(await slow.text()).toBe('begun and ended');
  });

  it('gives fixed answers, and 503 when nobody takes the request', async () => {
    const fixed: Route = {
      to: 'answer',
      status: 503,
      contentType: 'text/plain',
      body: 'nothing is deployed yet',
    };
    const answers = [fixed, undefined];
    const { url } = await proxy(() => answers.shift());
    for (const expected of ['nothing is deployed yet', 'no target for this request\n']) {
      const answer = await fetch(url);
      expect([answer.status, await answer.text()]).toEqual([503, expected]);
    }
  });

  it('answers 502 for a target that refuses or breaks, without asking it again', async () => {
    let asked = 0;
    const breaking = await target((incoming) => {
      asked += 1;
      incoming.socket.destroy();
    });
    const { url } = await proxy(() => breaking.route);
    expect((await fetch(url, { method: 'POST', body: 'once' })).status).toBe(502);
    expect(asked).toBe(1);
    breaking.server.close();
    breaking.server.closeAllConnections();
    expect((await fetch(url)).status).toBe(502);
  });

  it('does not let a cut body look whole', async () => {
    const { route } = await target((incoming, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half', () => incoming.socket.destroy());
    });
    const { url } = await proxy(() => route);
    await expect(fetch(url).then((answer) => answer.text())).rejects.toThrow();
  });

  it('drops the request at the target when the client leaves', async () => {
    let left: () => void = () => undefined;
    const hasLeft = new Promise<void>((resolve) => {
      left = resolve;
    });
    const { route } = await target((incoming, response) => {
      incoming.once('close', () => left());
      response.write('begun');
    });
    const { url } = await proxy(() => route);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(socket, 'data');
    socket.destroy();
    await hasLeft;
  });
});
