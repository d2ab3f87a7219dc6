import { parameterNames, tags } from '../../lib/config/resource-names.ts';
import type { Settings } from '../../lib/config/settings.ts';
import { bootstrapped, launched, reportOf } from '../support/machine/launch.ts';
import { Stage } from '../support/machine/stage.ts';

jest.setTimeout(240_000);

const kept: Partial<Settings> = {
  refresh: { everySeconds: 3600 },
  watch: [{ paths: ['/etc/nginx/conf.d'], unit: 'nginx.service', action: 'reload' }],
};

describe('a machine with a service that reloads', () => {
  let stage: Stage;
  let id: string;

  beforeAll(async () => {
    stage = await Stage.start({ settings: (settings) => ({ ...settings, ...kept }) });
    id = await launched(stage);
    // systemd misses what changes while it reads its units again, as the agent's last ones make it do.
    await bootstrapped(stage, id);
    await stage.run(id, 'systemctl start nginx');
  });
  afterAll(() => stage?.stop());

  const mainPid = () => stage.run(id, 'systemctl show --value --property MainPID nginx');
  /** Units of what was configured, loaded or as files. */
  const units = async () =>
    (
      await stage.run(
        id,
        "systemctl list-units --all --plain --no-legend 'holdfast-watch-*' 'holdfast-restart-*' holdfast-refresh.timer; ls /run/systemd/system",
      )
    )
      .split('\n')
      .filter((line) => /holdfast-(watch|restart|refresh\.timer)/.test(line));
  /** Writes settings without watch and refresh as their next version, and has the instance named with it. */
  async function forgetWatches(): Promise<void> {
    const { world, name, service } = stage.environment;
    const Name = parameterNames(name, service).settings;
    const { Version } = world.ssm.putParameter({
      Name,
      Value: JSON.stringify({ ...stage.environment.settings, watch: undefined, refresh: undefined }),
      Type: 'String',
      Overwrite: true,
    });
    world.ec2.instances.get(id).tags[tags.settings] = `${Name}:${Version}`;
  }

  it('reloads it when a file changes: the process stays, and has the new configuration', async () => {
    const before = await mainPid();
    await stage.run(id, "echo 'server { listen 8081; return 200 reloaded; }' > /etc/nginx/conf.d/more.conf");
    const answer = async () =>
      (await stage.try(id, 'curl --silent http://127.0.0.1:8081/')).stdout === 'reloaded' || undefined;
    await stage.waitFor('the new configuration', answer, { show: [id] });
    expect(await mainPid()).toBe(before);
    expect(await stage.run(id, 'journalctl --unit nginx --output cat | grep --count "^Reloaded nginx"')).toBe(
      '1',
    );
    expect(await stage.run(id, 'systemctl --failed --no-legend')).toBe('');
  });

  it('watches and refreshes no more when the settings do not name it any longer, without and with a reboot', async () => {
    expect(await units()).not.toEqual([]);
    await forgetWatches();
    await stage.run(id, 'systemctl restart holdfast-bootstrap', 120);
    // A reload that goes on is not cut off.
    const areGone = async () => ((await units()).length === 0 ? true : undefined);
    await stage.waitFor('the end of the units', areGone, { show: [id] });
    const before = reportOf(stage, id)?.at;
    await stage.hosts.machine(id).reboot();
    const isNew = () => reportOf(stage, id)?.at !== before || undefined;
    await stage.waitFor('the report of the next boot', isNew, { show: [id] });
    expect(await units()).toEqual([]);
    expect((await stage.ask(id)).body).toContain('release v1<');
  });
});
