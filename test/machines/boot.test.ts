import { launched, reportOf } from '../support/machine/launch.ts';
import { Stage } from '../support/machine/stage.ts';

jest.setTimeout(180_000);

describe('a bare machine with the synthesised user-data', () => {
  let stage: Stage;
  let id: string;

  beforeAll(async () => {
    stage = await Stage.start();
    id = await launched(stage);
  });
  afterAll(() => stage?.stop());

  it('boots to 200', async () => {
    expect(reportOf(stage, id)).toMatchObject({ instance: id, result: 'ready' });
    expect(await stage.ask(id, '/health')).toEqual({ status: 200, body: 'healthy\n' });
    expect((await stage.ask(id)).body).toContain('release v1<');
  });

  it('was given the user-data byte for byte', async () => {
    const { settings, world } = stage.environment;
    const given = await stage.run(id, 'base64 --wrap=0 /var/lib/cloud/instance/user-data.txt');
    const { data } = world.ec2.templates
      .find({ LaunchTemplateId: settings.launchTemplate.id })
      .version('$Latest');
    expect(given).toBe(data.UserData);
  });

  it('runs systemd with the service as a unit of it', async () => {
    expect(await stage.run(id, 'cat /proc/1/comm')).toBe('systemd');
    expect(await stage.run(id, 'systemctl is-active service')).toBe('active');
    expect(await stage.run(id, 'systemctl --failed --no-legend')).toBe('');
  });

  it('has no way out of its network', async () => {
    const { code, stderr } = await stage.try(id, 'curl --silent --show-error --max-time 3 http://192.0.2.1/');
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/Couldn't connect|unreachable/);
  });

  it('may not read metadata without a token', async () => {
    const ask = (path: string) =>
      stage.run(
        id,
        `curl --silent --output /dev/null --write-out '%{http_code}' http://169.254.169.254/${path}`,
      );
    expect(await ask('latest/meta-data/instance-id')).toBe('401');
  });

  it('is gone when it is terminated, also when it does not halt', async () => {
    const address = stage.hosts.address(id);
    await stage.run(id, 'systemctl mask --runtime halt.target');
    stage.environment.world.ec2.instances.terminate(id);
    const state = () => stage.environment.world.ec2.instances.get(id).state;
    await stage.waitFor('its end', () => (state() === 'terminated' ? true : undefined), { show: [id] });
    expect(await fetch(`http://${address}:8080/`).catch(() => 'gone')).toBe('gone');
  });
});
