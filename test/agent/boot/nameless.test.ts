import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from '../../../lib/agent/boot/bootstrap.ts';
import { Events } from '../../../lib/agent/host/events.ts';
import { tags } from '../../../lib/config/resource-names.ts';
import { Instance } from '../../support/agent/instance.ts';
import { bucket, Stage, site, storesOf } from '../../support/agent/stage.ts';

describe('an instance whose tags do not come', () => {
  let stage: Stage;
  let instance: Instance;
  let told: unknown[];
  const { env } = process;
  const patience = { seconds: 0.05, first: 10, most: 10 };

  beforeEach(async () => {
    stage = await Stage.start();
    instance = await Instance.launch(stage);
    told = [];
    stage.world.faults.seen = ({ operation, input }) => {
      if (operation === 'CompleteLifecycleAction') told.push(input.LifecycleActionResult);
    };
    process.env = { ...env, ...instance.environment };
    const agent = 'a'.repeat(64);
    writeFileSync(init(), JSON.stringify({ environment: 'test', service: 'web', bucket, agent }));
    stage.record(site(stage.repository().commit({ a: '1' })));
    instance.settings({});
  });
  afterEach(async () => {
    process.env = env;
    instance.stop();
    await stage.stop();
  });

  const init = () => join(stage.folder, 'init.json');
  const boot = async (events = new Events(() => undefined)) =>
    await bootstrap(init(), events, storesOf(stage.world), patience);

  it('reports that and abandons its launch hook, when its time is over', async () => {
    instance.tag(tags.record, undefined);
    await expect(boot()).rejects.toThrow(`found no tag ${tags.record}`);
    expect(instance.report()).toMatchObject({
      record: 'none',
      result: 'failed',
      error: { name: 'BootstrapFailed', retryable: true },
    });
    expect(told).toEqual(['ABANDON']);
  });

  it('cannot abandon a group that it does not know', async () => {
    for (const name of [tags.record, tags.settings, tags.roleId, 'aws:autoscaling:groupName'])
      instance.tag(name, undefined);
    await expect(boot()).rejects.toThrow(`found no tag ${tags.record}`);
    expect(told).toEqual([]);
  });
});
