import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { freePort } from '../../lib/rehearsal/free-port.ts';
import { options } from './account.ts';
import type { Asked, Network, Opinion } from './opinions.ts';

/** One moto server for all stories; it forgets everything before each. */
export const moto: Opinion = {
  name: 'moto',
  async start() {
    const port = await freePort();
    const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
      // No story needs them, and each account would start with hundreds.
      env: { ...process.env, MOTO_EC2_LOAD_DEFAULT_AMIS: 'false' },
      stdio: 'ignore',
      detached: true,
    });
    const url = `http://127.0.0.1:${port}`;
    await answering(url, server);
    return { account: () => account(url), close: () => ended(server) };
  },
};

async function account(url: string): Promise<Asked> {
  await fetch(`${url}/moto-api/reset`, { method: 'POST' });
  const nothing = async () => undefined;
  return { url, metadata: url, network: () => network(url), now: Date.now, pass: nothing, close: nothing };
}

/** moto knows subnets, and starts with some. */
async function network(url: string): Promise<Network> {
  const client = new EC2Client(options(url));
  const { Subnets = [] } = await client.send(new DescribeSubnetsCommand({}));
  client.destroy();
  return {
    vpc: Subnets[0]?.VpcId ?? '',
    subnets: Subnets.slice(0, 2).map(({ SubnetId = '' }) => SubnetId),
  };
}

/** Waits until a server answers, at most 30 seconds. */
async function answering(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300 && server.exitCode === null; attempt += 1) {
    const answer = await fetch(`${url}/moto-api/`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`no answer at ${url}`);
}

async function ended(server: ChildProcess): Promise<void> {
  const exit = once(server, 'exit');
  if (server.pid) process.kill(-server.pid, 'SIGKILL');
  await exit;
}
