import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { serve } from '../../../../lib/rehearsal/wire/serve.ts';
import { fixture } from '../../model/fixture.ts';

/** An endpoint that speaks for AWS: the local one, or moto as a second opinion. */
export interface Opinion {
  name: string;
  isThere: boolean;
  start(): Promise<{ url: string; close(): Promise<void> }>;
}

const local: Opinion = {
  name: 'the local AWS',
  isThere: true,
  async start() {
    const { world } = fixture();
    const endpoint = await serve(world);
    return {
      url: endpoint.url,
      async close() {
        await endpoint.close();
        world.close();
      },
    };
  },
};

const moto: Opinion = {
  name: 'moto',
  isThere: spawnSync('moto_server', ['--help'], { stdio: 'ignore' }).status === 0,
  async start() {
    const port = await freePort();
    const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
      stdio: 'ignore',
      detached: true,
    });
    const url = `http://127.0.0.1:${port}`;
    await answering(url, server);
    return { url, close: () => ended(server) };
  },
};

export const opinions: Opinion[] = [local, moto];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Waits until a server answers, at most 30 seconds. */
async function answering(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300 && server.exitCode === null; attempt += 1) {
    const answer = await fetch(`${url}/moto-api/`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  throw new Error(`no answer at ${url}`);
}

async function ended(server: ChildProcess): Promise<void> {
  const exit = once(server, 'exit');
  if (server.pid) process.kill(-server.pid, 'SIGKILL');
  await exit;
}
