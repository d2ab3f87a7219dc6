import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Events } from '../../../lib/agent/host/events.ts';
import { run } from '../../../lib/agent/host/run.ts';
import { takeLock } from '../../../lib/agent/session/lock.ts';

describe('the lock', () => {
  let folder: string;
  let file: string;
  let told: string[];
  const events = () => new Events((line) => told.push(JSON.parse(line).event));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-lock-'));
    file = join(folder, 'own/lock');
    told = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is had by one at a time', async () => {
    const first = await takeLock(file, events());
    const second = takeLock(file, events(), 20);
    first.release();
    (await second).release();
    expect(told.length).toBeLessThanOrEqual(1);
  });

  it('is refused to who waited long enough, and the error says who has it', async () => {
    const first = await takeLock(file, events());
    await expect(takeLock(file, events(), 1)).rejects.toMatchObject({
      name: 'BootstrapFailed',
      message: expect.stringContaining(`process ${process.pid} since`),
    });
    expect(told).toEqual(['waiting']);
    first.release();
  });

  it('stays while a program lives that inherited it, and goes with that', async () => {
    const first = await takeLock(file, events());
    const child = spawn('sleep', ['60'], {
      stdio: ['ignore', 'ignore', 'ignore', 'ignore', first.descriptor],
    });
    first.release();
    await expect(takeLock(file, events(), 0.5)).rejects.toMatchObject({ name: 'BootstrapFailed' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    (await takeLock(file, events())).release();
  });

  it('is not inherited by programs that may stay', async () => {
    const first = await takeLock(file, events());
    await run('sh', ['-c', 'sleep 2 > /dev/null 2>&1 &'], { env: process.env, seconds: 5 });
    first.release();
    (await takeLock(file, events(), 0.5)).release();
  });
});
