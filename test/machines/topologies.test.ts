import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from '../support/machine/machines.ts';
import { synthesise, Topology } from '../support/machine/topology.ts';
import { daily } from '../support/suite/sample.ts';

const it = daily(1 / 2);

jest.setTimeout(400_000);

const units = ['site', 'jobs', 'queue'];
const folder = mkdtempSync(join(tmpdir(), 'holdfast-topologies-'));
let topology: Topology | undefined;

beforeAll(() => synthesise(folder));
afterEach(() => topology?.stop());
afterAll(() => rmSync(folder, { recursive: true }));

async function start(name: string, service: string): Promise<Topology> {
  topology = await Topology.start(folder, name, service);
  return topology;
}

/** Puts a message into the queue from a machine, and waits until a worker has done it; gives the worker. */
async function workedBy(
  at: Topology,
  from: string,
  url: string,
  workers: string[],
  word: string,
): Promise<string> {
  await at.run(from, `curl --silent --show-error --fail --data ${word} ${url}/messages`);
  return await at.waitFor(`the job ${word}`, async () => {
    for (const id of workers) {
      const log = await at.run(id, 'journalctl --unit jobs --output cat');
      if (log.includes(`done: ${word.toUpperCase()}`)) return id;
    }
    return undefined;
  });
}

it('runs everything on a single machine', async () => {
  const single = await start('single', 'shop');
  const [id = '', ...more] = await single.deploy('shop');
  expect(more).toEqual([]);
  expect(await single.active(id, units)).toEqual(units);
  expect((await ask(single.environment.url)).body).toContain('release v1<');
  expect(await workedBy(single, id, 'http://127.0.0.1:5672', [id], 'paint')).toBe(id);
});

it('serves from two load-balanced web servers, also when one of them dies', async () => {
  const balanced = await start('balanced', 'web');
  const ids = await balanced.deploy('web');
  expect(ids).toHaveLength(2);
  const served = async (id: string) =>
    Number(await balanced.run(id, 'ss --tcp --no-header state established "sport = :8080" | wc -l'));
  for (let asked = 0; asked < 10; asked += 1) {
    expect((await ask(balanced.environment.url)).body).toContain('release v1<');
  }
  for (const id of ids) expect(await served(id)).toBeGreaterThan(0);

  const [dead = ''] = ids;
  balanced.environment.world.ec2.instances.terminate(dead);
  const now = await balanced.waitFor(
    'another one in its place',
    () => {
      const current = balanced.instances('web');
      return current.length === 2 && !current.includes(dead) ? current : undefined;
    },
    { seconds: 120 },
  );
  for (const id of now) expect((await balanced.ask(id)).body).toContain('release v1<');
});

it('runs two web servers, two workers and a queue on five machines', async () => {
  const decoupled = await start('decoupled', 'web');
  const { world } = decoupled.environment;
  const [queue = '', ...more] = await decoupled.deploy('queue');
  expect(more).toEqual([]);
  const url = `http://${decoupled.hosts.address(queue)}:5672`;
  world.ssm.putParameter({ Name: '/shop/decoupled/queue-url', Value: url, Type: 'String' });
  const [workers, servers] = await Promise.all([decoupled.deploy('worker'), decoupled.deploy('web')]);
  expect([workers.length, servers.length]).toEqual([2, 2]);

  // Each role has what it needs, and nothing of the others.
  expect(await decoupled.active(queue, units)).toEqual(['queue']);
  for (const id of workers) expect(await decoupled.active(id, units)).toEqual(['jobs']);
  for (const id of servers) expect(await decoupled.active(id, units)).toEqual(['site']);
  for (const id of workers) expect(await decoupled.run(id, 'ls /srv/holdfast')).toBe('jobs\nstates');

  expect((await ask(decoupled.environment.url)).body).toContain('release v1<');
  const [server = ''] = servers;
  const busy = new Set<string>();
  for (let job = 1; busy.size < 2 && job <= 40; job += 1) {
    busy.add(await workedBy(decoupled, server, url, workers, `job${job}`));
  }
  expect([...busy].sort()).toEqual([...workers].sort());
});
