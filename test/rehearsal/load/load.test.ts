import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { countsBetween, Load, type LoadOptions } from '../../../lib/rehearsal/load/load.ts';

describe('the load', () => {
  let server: Server | undefined;
  let load: Load | undefined;

  async function serve(listener: RequestListener): Promise<{ url: string; connections: () => number }> {
    let connections = 0;
    server = createServer(listener).on('connection', () => {
      connections += 1;
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      connections: () => connections,
    };
  }

  /** Runs the load until the server saw enough requests. */
  async function run(requests: number, listener: RequestListener, options: Partial<LoadOptions> = {}) {
    let seen = 0;
    let finish: () => void = () => undefined;
    const enough = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { url, connections } = await serve((request, response) => {
      seen += 1;
      listener(request, response);
      if (seen === requests) finish();
    });
    load = new Load({ url, rate: 500, connections: 4, timeout: 5_000, ...options });
    load.start();
    await enough;
    await load.stop();
    return { load, seen, connections: connections() };
  }

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  it('counts every answer, over few kept connections', async () => {
    const result = await run(200, (_, response) => response.end('fine'));
    expect(result.load.counts).toEqual({ total: result.seen, failed: 0 });
    expect(result.connections).toBeLessThanOrEqual(4);
  });

  it('leaves out the answer of before the first 200 for a while, and nothing else', async () => {
    const answers = ['up', 'not yet', 'broken'];
    let asked = 0;
    const { load: done, seen } = await run(
      99,
      (_, response) => {
        const body = answers[asked % 3];
        asked += 1;
        response.writeHead(body === 'up' ? 200 : 503).end(body);
      },
      { connections: 1, early: { body: 'not yet', milliseconds: 60_000 } },
    );
    expect(done.counts.total).toBe(seen - Math.floor((seen + 1) / 3));
    expect(done.failures).toEqual([`${Math.floor(seen / 3)} x status 503: broken`]);
  });

  it('counts from the first 200 on', async () => {
    let asked = 0;
    const { load: done, seen } = await run(
      100,
      (_, response) => {
        asked += 1;
        response.writeHead(asked <= 50 ? 503 : 200).end();
      },
      { connections: 1 },
    );
    expect(done.counts).toEqual({ total: seen - 50, failed: 0 });
  });

  it('counts a status of 500 and above, a cut connection and a wrong body as failed, and says which', async () => {
    let asked = 0;
    const answers: RequestListener[] = [
      (_, response) => response.end('right'),
      (_, response) => response.writeHead(502).end('bad gateway'),
      (request) => request.socket.destroy(),
      (_, response) => response.end('wrong'),
      (_, response) => response.writeHead(404).end('not found'),
    ];
    const { load: done } = await run(
      5,
      (request, response) => {
        answers[asked]?.(request, response);
        asked += 1;
        if (asked > answers.length) response.end('right');
      },
      { connections: 1, wrongBody: (body) => (body === 'wrong' ? 'the wrong release' : undefined) },
    );
    expect(done.counts.failed).toBe(3);
    expect(done.failures).toEqual(['1 x status 502: bad gateway', '1 x ECONNRESET', '1 x the wrong release']);
  });

  it('counts an answer that does not come in time as failed', async () => {
    let asked = 0;
    const { load: done } = await run(
      2,
      (_, response) => {
        asked += 1;
        if (asked !== 2) response.end();
      },
      { timeout: 100, connections: 50 },
    );
    expect(done.counts.failed).toBe(1);
    expect(done.failures).toEqual(['1 x no answer in 100 ms']);
  });

  it('tells what came between two readings', () => {
    expect(countsBetween({ total: 10, failed: 1 }, { total: 25, failed: 1 })).toEqual({
      total: 15,
      failed: 0,
    });
  });
});
