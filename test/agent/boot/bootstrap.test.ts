import { readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { tags } from '../../../lib/config/resource-names.ts';
import { AwsError } from '../../../lib/local-aws/model/error.ts';
import { until } from '../../../lib/rehearsal/until.ts';
import { Instance } from '../../support/agent/instance.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { Service, service } from '../../support/agent/server.ts';
import { Stage, site } from '../../support/agent/stage.ts';

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
    stage.world.secrets.createSecret({ Name: 'site/token', SecretString: 'tell nobody' });
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

  it('builds the instance, reports it ready and lets it enter service; again at every boot', async () => {
    const start = `cp "$VALUES" "$RUN/seen"\n${service['start.sh']}`;
    const commit = repository.commit({ ...service, 'start.sh': start }, 'Say hello');
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

    expectFacts();
    expectValues(output);
    await expectSettingsForHands();

    const again = await boot();
    expect({ code: again.code, output: again.output }).toEqual({
      code: 0,
      output: expect.stringContaining('"result":"unchanged"'),
    });
    expect(instance.report().result).toBe('ready');

    const next = repository.commit({ answer: 'hello again\n' });
    stage.record(site(next));
    instance.tag(tags.record, '/holdfast/test/web/deployed:2');
    expect((await boot()).output).toContain('"result":"deployed"');
    expect(instance.report()).toMatchObject({
      record: '/holdfast/test/web/deployed:2',
      release: { site: { commit: next } },
    });
  });

  it('a host that records: in service with nothing recorded, then with the newest record at each boot', async () => {
    instance.settings({
      record: 'instances',
      repositories: { site: { url: repository.url, branch: 'main' } },
    });
    instance.tag(tags.settings, '/holdfast/test/web/settings:2');
    instance.tag(tags.record, '/holdfast/test/web/deployed');
    instance.tag(tags.colour, undefined);
    expect((await boot()).code).toBe(0);
    expect(instance.report()).toMatchObject({
      result: 'ready',
      release: {},
      warnings: [expect.stringContaining('nothing was ever deployed; deploy on a host by hand')],
    });
    for (const answer of ['1', '2']) {
      const commit = repository.commit({ answer });
      stage.record(site(commit));
      expect((await boot()).code).toBe(0);
      expect(instance.report()).toMatchObject({ result: 'ready', release: { site: { commit } } });
    }
    expect(told).toEqual(['CONTINUE', 'CONTINUE', 'CONTINUE']);
    const settings = JSON.parse(readFileSync(join(instance.home, 'etc/holdfast/agent.json'), 'utf8'));
    expect(settings.parameters).toEqual({
      release: '/holdfast/test/web/deployed',
      deployed: '/holdfast/test/web/deployed',
    });
    expect(settings.record).toEqual({ waitSeconds: 5 });
  });

  /** What it tells the states of the machine that it is, Salt and Ansible alike. */
  function expectFacts(): void {
    const read = (file: string) => JSON.parse(readFileSync(join(instance.home, file), 'utf8'));
    const facts = { environment: 'test', service: 'web', role: 'web', colour: 'blue', instance: instance.id };
    expect(read('etc/salt/minion.d/holdfast.conf')).toEqual({
      id: `web-${instance.id}`,
      file_client: 'local',
      grains: facts,
    });
    expect(read('etc/ansible/facts.d/holdfast.fact')).toEqual(facts);
  }

  /** The environment of the service was in a file for root before it started, and no value was shown. */
  function expectValues(output: string): void {
    const file = join(instance.home, 'etc/holdfast/values.env');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(stage.folder, 'seen'), 'utf8')).toBe('TOKEN="tell nobody"\n');
    expect(output).not.toContain('tell nobody');
  }

  /** The release can be applied again by hand. */
  async function expectSettingsForHands(): Promise<void> {
    const file = join(instance.home, 'etc/holdfast/agent.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ root: `${instance.home}/srv/holdfast` });
    const { code, summary } = await stage.begin(['deploy', '--auto', '--settings', file]).ended;
    expect({ code, result: summary.result }).toEqual({ code: 0, result: 'unchanged' });
  }

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

  it('reports also when it cannot read the settings', async () => {
    stage.record(site(repository.commit(service)));
    instance.settings({ surprise: true });
    instance.tag(tags.settings, '/holdfast/test/web/settings:2');
    await boot();
    expect(instance.report()).toMatchObject({
      service: 'web',
      role: 'web',
      settings: '/holdfast/test/web/settings:2',
      result: 'failed',
      error: { name: 'InvalidRecord', message: expect.stringContaining('surprise'), retryable: false },
    });
    expect(told).toEqual(['ABANDON']);
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

  it('takes another role, and the tip of another branch of the configuration, when it is told to', async () => {
    const states = stage.repository('states');
    const recorded = states.commit({ top: 'recorded' });
    states.git('checkout', '--quiet', '-b', 'next');
    const tip = states.commit({ top: 'next' });
    instance.tag(tags.settings, '/holdfast/test/web/settings:2');
    instance.settings({
      repositories: {
        site: { url: repository.url, branch: 'main' },
        states: { url: states.url, branch: 'main' },
      },
      configuration: 'states',
    });
    const commit = repository.commit(service);
    stage.record({ ...site(commit), states: { branch: 'main', commit: recorded } });
    const told = { role: 'everything', configurationBranch: 'next' };
    const { code } = await instance.boot(instance.userData(instance.storeAgent(), told));
    expect(code).toBe(0);
    expect(instance.report()).toMatchObject({
      role: 'everything',
      release: { site: { branch: 'main', commit }, states: { branch: 'next', commit: tip } },
    });
    expect(readFileSync(join(instance.home, 'srv/holdfast/states/current/top'), 'utf8')).toBe('next');
  });

  it('refuses another branch of a configuration that the service does not have', async () => {
    stage.record(site(repository.commit(service)));
    const { code, output } = await instance.boot(
      instance.userData(instance.storeAgent(), { configurationBranch: 'next' }),
    );
    expect(code).toBe(2);
    expect(output).toContain('leave configurationBranch out of the user-data');
    expect(instance.report()).toMatchObject({ error: { name: 'InvalidInput', retryable: false } });
  });

  it('goes on when the git host comes back', async () => {
    const commit = repository.commit(service);
    stage.record(site(commit));
    renameSync(repository.path, `${repository.path}.away`);
    const booting = boot();
    await until(() => told.length > 0 || instance.said.includes('trying again') || undefined, {
      what: 'a second try',
      seconds: 30,
      signal: new AbortController().signal,
    });
    renameSync(`${repository.path}.away`, repository.path);
    expect((await booting).code).toBe(0);
    expect(instance.report()).toMatchObject({ result: 'ready', release: { site: { commit } } });
  });
});
