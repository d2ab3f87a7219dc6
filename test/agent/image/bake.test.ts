import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { groupTag } from '../../../lib/agent/boot/identity.ts';
import { storeKeys } from '../../../lib/config/resource-names.ts';
import { Instance } from '../../support/agent/instance.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { Service, service } from '../../support/agent/server.ts';
import { bucket, Stage, site } from '../../support/agent/stage.ts';

describe('bake', () => {
  let stage: Stage;
  let repository: Repository;
  let instance: Instance;
  let web: Service;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    instance = await Instance.launch(stage);
    instance.tag(groupTag, undefined);
    web = await Service.in(stage);
    instance.settings({
      repositories: { site: { url: repository.url, branch: 'main' } },
      start: `RUN=${stage.folder} sh start.sh`,
      port: web.port,
      health: { timeoutSeconds: 3 },
    });
  });
  afterEach(async () => {
    web.stop();
    instance.stop();
    await stage.stop();
  });

  const bake = () => instance.boot(instance.userData(instance.storeAgent()), { HOLDFAST_COMMAND: 'bake' });
  const lastLine = (output: string) => JSON.parse(output.trim().split('\n').at(-1) ?? '');
  const at = (...path: string[]) => join(instance.home, ...path);

  it('puts the recorded release and the mirrors on the disk and starts nothing', async () => {
    const commit = repository.commit(service);
    stage.record(site(commit));
    const { code, output } = await bake();
    expect({ code, summary: lastLine(output) }).toMatchObject({
      code: 0,
      summary: { result: 'baked', release: site(commit) },
    });
    expect(existsSync(at('srv/holdfast/site/current/server.cjs'))).toBe(true);
    const mirror = at('srv/holdfast/.holdfast/repositories/site/mirror.git');
    expect(execFileSync('git', ['cat-file', '-t', commit], { cwd: mirror, encoding: 'utf8' })).toBe(
      'commit\n',
    );
    expect(await web.answer()).toBeUndefined();
  });

  it('leaves an image that says nothing of the machine that it was made on', async () => {
    stage.record(site(repository.commit(service)));
    await bake();
    const traces = ['opt/holdfast/init.json', 'etc/holdfast/agent.json', 'etc/hostname'];
    expect(traces.filter((path) => existsSync(at(path)))).toEqual([]);
    const names = spawnSync('grep', ['-rl', '--exclude=holdfast-agent*', instance.id, instance.home], {
      encoding: 'utf8',
    });
    expect(names.stdout).toBe('');
    const key = storeKeys.report('web', 'AROATEST', instance.id);
    expect(() => stage.world.s3.getObject({ Bucket: bucket, Key: key })).toThrow();
  });

  it('boots with what is on the disk, and asks git nothing for the recorded release', async () => {
    stage.record(site(repository.commit(service)));
    await bake();
    execFileSync('mv', [repository.path, `${repository.path}.away`]);
    const { code, output } = await instance.boot(instance.userData(instance.storeAgent()));
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('"result":"restarted"') });
    expect(await web.answer()).toBe('hello');
    expect(instance.report().phases.map(({ name }) => name)).not.toContain('fetch');
  });

  it('fetches the difference when another release is recorded by then', async () => {
    stage.record(site(repository.commit(service)));
    await bake();
    stage.record(site(repository.commit({ ...service, answer: 'hello again\n' })));
    instance.tag('holdfast:record', '/holdfast/test/web/deployed:2');
    const { code } = await instance.boot(instance.userData(instance.storeAgent()));
    expect(code).toBe(0);
    expect(await web.answer()).toBe('hello again');
  });

  it('is done, with a warning, when nothing is recorded yet', async () => {
    const { code, output } = await bake();
    expect({ code, summary: lastLine(output) }).toMatchObject({
      code: 0,
      summary: { result: 'baked', release: {} },
    });
    expect(output).toContain('the image holds no release and no configuration');
  });

  it('refuses an instance of a fleet', async () => {
    instance.tag(groupTag, 'fleet');
    stage.record(site(repository.commit(service)));
    const { code, output } = await bake();
    expect(code).toBe(2);
    expect(output).toContain(
      'found an instance of fleet fleet, expected one that was launched to be baked; launch one for it',
    );
    expect(existsSync(at('opt/holdfast/init.json'))).toBe(true);
  });

  it('refuses a service whose stack is not deployed', async () => {
    const { code, output } = await instance.boot(
      instance.userData(instance.storeAgent(), { service: 'worker' }),
      { HOLDFAST_COMMAND: 'bake' },
    );
    expect(code).toBe(2);
    expect(output).toContain('found no settings of service worker in test');
  });
});
