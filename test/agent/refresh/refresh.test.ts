import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { storeKeys } from '../../../lib/config/resource-names.ts';
import { AwsError } from '../../../lib/local-aws/model/error.ts';
import type { Release } from '../../../lib/release/release.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { describeWithSalt, onPath, saltFolder } from '../../support/agent/salt.ts';
import { Service, service } from '../../support/agent/server.ts';
import { bucket, Stage } from '../../support/agent/stage.ts';

describeWithSalt('a refresh', () => {
  let stage: Stage;
  let site: Repository;
  let states: Repository;
  let web: Service;
  let offPath: () => void;
  let valuesFile: string;

  beforeEach(async () => {
    stage = await Stage.start();
    site = stage.repository('site');
    states = stage.repository('states');
    offPath = onPath(saltFolder());
    valuesFile = join(stage.folder, 'etc/values.env');
    web = await Service.in(stage);
    stage.configure({
      repositories: { site: { url: site.url, branch: 'main' }, states: { url: states.url, branch: 'main' } },
      configuration: 'states',
      provision: { tool: 'salt' },
      states: 'follow',
      instance: { id: 'i-1', roleId: 'AROA' },
      valuesFile,
    });
  });
  afterEach(async () => {
    web.stop();
    offPath();
    await stage.stop();
  });

  const applied = () => readFileSync(join(stage.folder, 'applied'), 'utf8');
  const writing = (content: string) => ({
    'top.sls': "base:\n  'web-i-1':\n    - web\n",
    'web.sls': `count:\n  cmd.run:\n    - name: echo ${content} >> ${stage.folder}/applied\n`,
  });
  const broken = { 'web.sls': `broken one:\n  file.managed:\n    - name: /nowhere/at/all\n` };

  /** A machine that runs the recorded release; gives the recorded commit of the states. */
  async function deployed(): Promise<string> {
    const commit = states.commit(writing('one'));
    const release = {
      site: { branch: 'main', commit: site.commit(service) },
      states: { branch: 'main', commit },
    };
    stage.record(release as Release);
    expect((await stage.auto()).code).toBe(0);
    return commit;
  }

  function report() {
    const Key = storeKeys.refresh('web', 'AROA', 'i-1');
    const { Body } = stage.world.s3.getObject({ Bucket: bucket, Key });
    return JSON.parse(Buffer.from(Body as Uint8Array).toString());
  }

  it('applies the tip of the branch when it is another commit, and reports who made it', async () => {
    await deployed();
    const tip = states.commit(writing('two'), 'Say two');
    const { code, stderr, summary } = await stage.refresh();
    expect({ code, stderr, result: summary.result }).toEqual({ code: 0, stderr: '', result: 'refreshed' });
    expect(applied()).toBe('one\ntwo\n');
    expect(report()).toMatchObject({
      instance: 'i-1',
      result: 'well',
      configuration: { branch: 'main', commit: tip, author: 'Ada', subject: 'Say two' },
      errors: [],
    });
  });

  it('applies the tip of the branch, not of a ref whose name ends like it', async () => {
    states.git('update-ref', 'refs/backup/refs/heads/main', await deployed());
    states.commit(writing('two'));
    const { code, summary } = await stage.refresh();
    expect({ code, result: summary.result }).toEqual({ code: 0, result: 'refreshed' });
    expect(applied()).toBe('one\ntwo\n');
  });

  it('comes after the record: a deployment applies the recorded commit, also when the tip is another', async () => {
    const recorded = states.commit(writing('one'));
    states.commit(writing('two'));
    stage.record({
      site: { branch: 'main', commit: site.commit(service) },
      states: { branch: 'main', commit: recorded },
    } as Release);
    expect((await stage.auto()).code).toBe(0);
    expect(applied()).toBe('one\n');
    expect((await stage.refresh()).summary.result).toBe('refreshed');
    expect(applied()).toBe('one\ntwo\n');
  });

  it('applies nothing when the commit is the same, and reports once', async () => {
    await deployed();
    expect((await stage.refresh()).summary.result).toBe('unchanged');
    const { at } = report();
    expect((await stage.refresh()).summary.result).toBe('unchanged');
    expect(applied()).toBe('one\n');
    expect(report().at).toBe(at);
  });

  it('leaves the service alone: the next deployment finds it running', async () => {
    const recorded = await deployed();
    states.commit(writing('two'));
    await stage.refresh();
    expect(await web.answer()).toBe('hello');
    const { events } = await stage.auto();
    expect(events.find(({ event }) => event === 'release')).toMatchObject({
      release: { states: { commit: recorded } },
    });
  });

  it('keeps what was current when a state fails, goes on serving and says which state', async () => {
    const recorded = await deployed();
    const id = stage.currentId('states');
    states.commit(broken);
    const { code, stderr, summary } = await stage.refresh();
    expect({ code, name: summary.error?.name }).toEqual({ code: 8, name: 'ProvisionFailed' });
    expect(stderr).toContain('state file.managed of broken one in web: Parent directory not present');
    expect(stage.currentId('states')).toBe(id);
    expect(await web.answer()).toBe('hello');
    expect(report()).toMatchObject({
      result: 'failed',
      configuration: { commit: recorded },
      errors: [{ name: 'ProvisionFailed', message: expect.stringContaining('broken one') }],
    });
  });

  it('tries a commit that failed again, and is well once it is mended', async () => {
    await deployed();
    states.commit(broken);
    await stage.refresh();
    expect((await stage.refresh()).code).toBe(8);
    expect(stage.releases('states')).toHaveLength(2);
    const tip = states.commit(writing('three'));
    expect((await stage.refresh()).code).toBe(0);
    expect(applied()).toBe('one\nthree\n');
    expect(report()).toMatchObject({ result: 'well', configuration: { commit: tip } });
  });

  it('goes back to a commit that was applied before a failed one', async () => {
    await deployed();
    states.commit(broken);
    await stage.refresh();
    states.git('reset', '--quiet', '--hard', 'HEAD~1');
    expect((await stage.refresh()).summary.result).toBe('refreshed');
    expect(applied()).toBe('one\none\n');
    expect((await stage.refresh()).summary.result).toBe('unchanged');
  });

  it('leaves a pinned configuration at the recorded commit', async () => {
    stage.configure({ states: 'pinned' });
    await deployed();
    states.commit(writing('two'));
    expect((await stage.refresh()).summary.result).toBe('unchanged');
    expect(applied()).toBe('one\n');
  });

  it('does nothing before a release is deployed', async () => {
    states.commit(writing('one'));
    const { code, events } = await stage.refresh();
    expect(code).toBe(0);
    expect(events).toContainEqual(
      expect.objectContaining({
        message: 'repository states has no current commit yet; deploy a release first',
      }),
    );
  });

  it('fails when the branch is gone', async () => {
    await deployed();
    states.git('branch', '--move', 'main', 'other');
    expect((await stage.refresh()).code).toBe(4);
    expect(report().errors).toEqual([
      { name: 'UnknownCommit', message: expect.stringContaining('repository states: found no branch main') },
    ]);
  });

  it('renews values also when the configuration fails, and the configuration when values do', async () => {
    await deployed();
    stage.world.ssm.putParameter({ Name: '/mode', Value: 'new', Type: 'String' });
    stage.configure({ values: { MODE: { parameter: '/mode' } } });
    states.commit(broken);
    expect((await stage.refresh()).code).toBe(8);
    expect(readFileSync(valuesFile, 'utf8')).toBe('MODE="new"\n');
    stage.configure({ values: { MODE: { parameter: '/other' } } });
    states.commit(writing('two'));
    expect((await stage.refresh()).code).toBe(2);
    expect(applied()).toBe('one\ntwo\n');
    expect(readFileSync(valuesFile, 'utf8')).toBe('MODE="new"\n');
  });

  it('says so when it cannot report, and reports the next time', async () => {
    await deployed();
    let isClosed = true;
    const error = new AwsError('AccessDenied', 'no', 403);
    stage.world.faults.add(({ operation }) =>
      isClosed && operation === 'PutObject' ? { error } : undefined,
    );
    expect((await stage.refresh()).summary.error?.name).toBe('AwsFailed');
    isClosed = false;
    expect((await stage.refresh()).code).toBe(0);
    expect(report().result).toBe('well');
  });
});
