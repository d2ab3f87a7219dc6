import { tags } from '../../lib/config/resource-names.ts';
import { launched, record, reportOf } from '../support/machine/launch.ts';
import { Stage } from '../support/machine/stage.ts';

jest.setTimeout(240_000);

describe('a machine of the plain distribution, without Node', () => {
  let stage: Stage;
  let id: string;

  beforeAll(async () => {
    stage = await Stage.start();
    id = await launched(stage);
  });
  afterAll(() => stage?.stop());

  it('fetches the Node that its user-data names by digest, and boots to 200', async () => {
    expect(reportOf(stage, id)).toMatchObject({ instance: id, result: 'ready' });
    expect((await stage.try(id, 'command -v node node-24')).code).not.toBe(0);
    expect(await stage.ask(id, '/health')).toEqual({ status: 200, body: 'healthy\n' });
    expect(await stage.run(id, '/opt/holdfast/node --version')).toBe(process.version);
  });

  it('is named after its role and its id, at the next boot too', async () => {
    expect(await stage.run(id, 'hostname; cat /etc/hostname')).toBe(`web-${id}\nweb-${id}`);
    expect(await stage.run(id, 'getent hosts "$(hostname)"')).toContain('127.0.1.1');
  });

  it('tells its states what it is', async () => {
    const facts = await stage.run(
      id,
      'ansible localhost --module-name setup --args filter=ansible_local',
      120,
    );
    const { service } = stage.environment;
    const json = JSON.parse(facts.slice(facts.indexOf('{')));
    expect(json.ansible_facts.ansible_local.holdfast).toEqual({
      environment: 'staging',
      service,
      role: 'web',
      colour: 'blue',
      instance: id,
    });
  });

  it('has one log, the journal, with every event in turn', async () => {
    const log = await stage.run(id, 'journalctl --unit holdfast-bootstrap --output cat');
    const stages = [...log.matchAll(/"event":"stage","name":"([a-z]+)"/g)].map(([, name]) => name);
    expect(stages.slice(0, 2)).toEqual(['identity', 'settings']);
    expect(stages).toContain('deploy');
    expect(stage.hosts.console(id)).toContain('"event":"stage","name":"deploy"');
  });

  it('bootstraps at every boot, and nothing of the agent stays running', async () => {
    expect(await stage.run(id, 'systemctl is-enabled holdfast-bootstrap')).toBe('enabled');
    expect((await stage.try(id, 'pgrep --full holdfast-agent')).stdout).toBe('');
  });
});

describe('a machine that boots again', () => {
  let stage: Stage;
  let id: string;

  beforeAll(async () => {
    stage = await Stage.start();
    id = await launched(stage);
  });
  afterAll(() => stage?.stop());

  it('applies what its tags name by then', async () => {
    const tag = record(stage, stage.release('v2'));
    stage.environment.world.ec2.instances.get(id).tags[tags.record] = tag;
    await stage.hosts.machine(id).reboot();
    const isNew = () => (reportOf(stage, id)?.record === tag ? true : undefined);
    await stage.waitFor('the report of the second boot', isNew, { show: [id] });
    expect(reportOf(stage, id)?.result).toBe('ready');
    expect((await stage.ask(id)).body).toContain('release v2<');
    expect(await stage.run(id, 'hostname')).toBe(`web-${id}`);
  });

  it('is stopped and started as a warm pool does it: the release is on its disk, and serves again', async () => {
    const before = reportOf(stage, id);
    const { instances } = stage.environment.world.ec2;
    instances.halt(id);
    const isStopped = () => instances.get(id).state === 'stopped' || undefined;
    await stage.waitFor('the end of the machine', isStopped, { show: [id] });
    expect((await stage.ask(id)).status).toBe(0);
    instances.resume(id);
    const isNew = () => reportOf(stage, id)?.at !== before?.at || undefined;
    await stage.waitFor('the report of the third boot', isNew, { show: [id] });
    expect(reportOf(stage, id)).toMatchObject({ result: 'ready', release: before?.release });
    expect((await stage.ask(id)).body).toContain('release v2<');
  });
});
