import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../../lib/agent/main.ts';
import { Instance } from '../../support/agent/instance.ts';
import { bucket, Stage, site, storesOf } from '../../support/agent/stage.ts';
import { until } from '../../support/until.ts';

/** All but the timer of the heartbeats. */
const doNotFake = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setTimeout',
  'clearTimeout',
] as const;

describe('a boot that takes long', () => {
  let stage: Stage;
  let instance: Instance;
  let heartbeats: unknown[];
  const { env } = process;

  beforeEach(async () => {
    stage = await Stage.start();
    instance = await Instance.launch(stage);
    heartbeats = [];
    stage.world.faults.seen = ({ operation, input }) => {
      if (operation === 'RecordLifecycleActionHeartbeat') heartbeats.push(input.InstanceId);
    };
    process.env = { ...env, ...instance.environment };
    jest.useFakeTimers({ doNotFake: [...doNotFake] });
  });
  afterEach(async () => {
    jest.useRealTimers();
    process.env = env;
    instance.stop();
    await stage.stop();
  });

  it('keeps the launch hook waiting until it is over', async () => {
    const [begun, go] = ['begun', 'go'].map((name) => join(stage.folder, name)) as [string, string];
    const build = `touch ${begun}; until [ -e ${go} ]; do sleep 0.2; done`;
    const repository = stage.repository();
    instance.settings({
      repositories: { site: { url: repository.url, branch: 'main', commands: { build } } },
    });
    stage.record(site(repository.commit({ a: '1' })));
    const init = join(stage.folder, 'init.json');
    const agent = 'a'.repeat(64);
    writeFileSync(init, JSON.stringify({ environment: 'test', service: 'web', bucket, agent }));
    const written: string[] = [];
    const outputs = {
      stdout: (text: string) => written.push(text),
      stderr: (text: string) => written.push(text),
    };
    const booted = main(['bootstrap', '--init', init], outputs, () => storesOf(stage.world));

    try {
      await until(20, async () => existsSync(begun) || undefined);
      expect(heartbeats).toEqual([]);
      for (const count of [1, 2, 3]) {
        jest.advanceTimersByTime(75_000);
        await until(20, async () => heartbeats.length === count || undefined);
      }
    } finally {
      writeFileSync(go, '');
    }
    expect({ code: await booted, written: written.join('') }).toEqual({
      code: 0,
      written: expect.stringContaining('"result":"deployed"'),
    });
    jest.advanceTimersByTime(750_000);
    expect(heartbeats).toEqual([instance.id, instance.id, instance.id]);
  });
});
