import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError } from '../../lib/rehearsal/model/error.ts';
import { Instance } from './fixtures/instance.ts';
import type { Repository } from './fixtures/repository.ts';
import { Service, service } from './fixtures/server.ts';
import { Stage, site } from './fixtures/stage.ts';

describe('bootstrap', () => {
  let stage: Stage;
  let repository: Repository;
  let instance: Instance;
  let web: Service;
  /** Lifecycle calls as they came in. */
  let told: string[];

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    instance = await Instance.launch(stage);
    web = await Service.in(stage);
    told = [];
    stage.world.faults.seen = ({ operation, input }) => {
      if (operation === 'CompleteLifecycleAction') told.push(String(input.LifecycleActionResult));
    };
    stage.world.secrets.createSecret({ Name: 'site/token', SecretString: 't-1' });
    instance.settings({
      repositories: { site: { url: repository.url, branch: 'main' } },
      start: `RUN=${stage.folder} VALUES=${instance.home}/etc/holdfast/values.env sh start.sh`,
      values: { TOKEN: { secret: 'site/token' } },
      port: web.port,
      health: { timeoutSeconds: 3 },
    });
  });
  afterEach(async () => {
    web.stop();
    instance.stop();
    await stage.stop();
  });

  const boot = () => instance.boot(instance.userData(instance.storeAgent()));

  it('builds the instance, reports it ready and lets it enter service', async () => {
    const commit = repository.commit(service, 'Say hello');
    stage.record(site(commit));
    const { code, output } = await boot();
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('"result":"deployed"') });
    expect(await web.answer()).toBe('hello');
    expect(instance.report()).toMatchObject({
      instance: instance.id,
      environment: 'test',
      service: 'web',
      colour: 'blue',
      record: '/holdfast/test/web/deployed:1',
      settings: '/holdfast/test/web/settings:1',
      deployment: 'd-1',
      result: 'ready',
      release: { site: { branch: 'main', commit, author: 'Ada', subject: 'Say hello' } },
    });
    expect(instance.report().phases.map(({ name }) => name)).toContain('health');
    expect(told).toEqual(['CONTINUE']);
  });

  it('leaves settings with which the release can be applied again by hand', async () => {
    stage.record(site(repository.commit(service)));
    await boot();
    const file = join(instance.home, 'etc/holdfast/agent.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ root: `${instance.home}/srv/holdfast` });
    const { code, summary } = await stage.begin(['deploy', '--auto', '--settings', file]).ended;
    expect({ code, result: summary.result }).toEqual({ code: 0, result: 'unchanged' });
  });

  it('puts the environment of the service into a file for root before it starts, and shows no value', async () => {
    stage.record(
      site(repository.commit({ ...service, 'start.sh': `cp "$VALUES" "$RUN/seen"\n${service['start.sh']}` })),
    );
    const { code, output } = await boot();
    const file = join(instance.home, 'etc/holdfast/values.env');
    expect({ code, mode: statSync(file).mode & 0o777 }).toEqual({ code: 0, mode: 0o600 });
    expect(readFileSync(join(stage.folder, 'seen'), 'utf8')).toBe('TOKEN="t-1"\n');
    expect(output).not.toContain('t-1');
  });

  it('reports why a release that is not healthy is not ready, and is abandoned', async () => {
    stage.record(site(repository.commit({ ...service, status: '500\n' })));
    const { code } = await boot();
    expect(code).toBe(7);
    expect(instance.report()).toMatchObject({
      result: 'failed',
      error: { name: 'NotHealthy', retryable: false },
    });
    expect(told).toEqual(['ABANDON']);
  });

  it('says that another try may do when AWS was to blame', async () => {
    stage.record(site(repository.commit(service)));
    const error = new AwsError('AccessDeniedException', 'no', 400);
    stage.world.faults.next('ssm', 'GetParameters', { stale: { versions: 1 } });
    stage.world.faults.add(({ input }) => (String(input.Name).includes('/deployed') ? { error } : undefined));
    expect((await boot()).code).toBe(1);
    expect(instance.report()).toMatchObject({ error: { name: 'AwsFailed', retryable: true } });
  });

  it('is abandoned also when it cannot report', async () => {
    stage.record(site('f'.repeat(40)));
    const error = new AwsError('AccessDenied', 'no', 403);
    stage.world.faults.add(({ operation }) => (operation === 'PutObject' ? { error } : undefined));
    const { code, output } = await boot();
    expect(code).toBe(4);
    expect(output).toContain('the failure could not be reported');
    expect(told).toEqual(['ABANDON']);
  });

  it('can run again, as at every boot', async () => {
    stage.record(site(repository.commit(service)));
    await boot();
    const { code, output } = await boot();
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('"result":"unchanged"') });
    expect(instance.report().result).toBe('ready');
  });
});
