import type { Settings } from '../../lib/config/settings.ts';
import { pushStates, refreshReportOf } from '../support/machine/configuration.ts';
import { bootstrapped, launched, reportOf } from '../support/machine/launch.ts';
import { SaltPackages } from '../support/machine/salt.ts';
import { Stage } from '../support/machine/stage.ts';

jest.setTimeout(240_000);

const token = '/holdfast/staging/web/token';

describe('a machine that Salt brings into its role', () => {
  let salt: SaltPackages;
  let stage: Stage;
  let id: string;

  beforeAll(async () => {
    salt = await SaltPackages.serve();
    stage = await Stage.start({ settings: (settings) => configured(settings, salt) });
    stage.environment.world.ssm.putParameter({ Name: token, Value: 'se"cr$et', Type: 'SecureString' });
    // Launched by hand as a machine with every role.
    id = await launched(stage, { userData: (text) => text.replace('"role":"web"', '"role":"everything"') });
  });
  afterAll(async () => {
    await stage?.stop();
    salt?.close();
  });

  const push = (files: Record<string, string>) => pushStates(stage, files);
  const refreshReport = () => refreshReportOf(stage, id);
  /** How often systemd started the site. */
  const starts = async () =>
    Number(await stage.run(id, 'journalctl --unit site --output cat | grep --count "^Started site.service"'));
  /** Waits until no change is noted, gathered or dealt with. */
  async function settled(): Promise<void> {
    const units = 'holdfast-watch-1.service holdfast-restart-1.service';
    const line = `test ! -e /run/holdfast/changed-1 && test "$(systemctl is-active ${units} | sort -u)" = inactive`;
    const failed = `test ! -e /run/holdfast/changed-1 && systemctl is-failed --quiet holdfast-restart-1.service`;
    await stage.waitFor('the restart', async () =>
      (await stage.try(id, `{ ${line}; } || { ${failed}; }`)).code === 0 ? true : undefined,
    );
  }
  const env = (more = '') => `HOST=0.0.0.0\nPORT=8080\n${more}`;

  it('serves, as the user and with the unit that its states brought, and watches', async () => {
    expect(reportOf(stage, id)).toMatchObject({ result: 'ready' });
    expect(await stage.ask(id, '/health')).toEqual({ status: 200, body: 'healthy\n' });
    expect(await stage.run(id, 'ps -o user= -p "$(systemctl show --value -p MainPID site)"')).toBe('site');
    expect(
      await stage.run(
        id,
        'systemctl is-active holdfast-watch-1.path holdfast-restart-1.path holdfast-refresh.timer',
      ),
    ).toBe('active\nactive\nactive');
    expect(await stage.run(id, 'systemctl --failed --no-legend')).toBe('');
    // What it leaves for other launches comes after the report.
    await bootstrapped(stage, id);
    expect((await stage.try(id, "ps -e -o args= | grep '[h]oldfast-agent'")).code).toBe(1);
  });

  it('has what each of its roles needs', async () => {
    expect(await stage.run(id, 'hostname')).toMatch(/^everything-i-/);
    expect(await stage.run(id, 'curl --silent http://127.0.0.1:5672/health')).toBe('healthy');
    expect(await stage.run(id, 'systemctl show --value --property LoadState jobs')).toBe('loaded');
    expect(await stage.run(id, 'id --user --name jobs')).toBe('jobs');
  });

  it('gives the service its values in a file for root, and shows them nowhere', async () => {
    expect(await stage.run(id, 'stat --format "%a %U" /etc/holdfast/values.env /etc/holdfast')).toBe(
      '600 root\n700 root',
    );
    const seen = await stage.run(
      id,
      `tr '\\0' '\\n' < /proc/"$(systemctl show --value -p MainPID site)"/environ | grep ^TOKEN`,
    );
    expect(seen).toBe('TOKEN=se"cr$et');
    expect((await stage.try(id, "journalctl | grep --fixed-strings 'cr$et'")).code).toBe(1);
    expect(stage.hosts.console(id)).not.toContain('cr$et');
  });

  it('restarts the service once for a burst of changes', async () => {
    const before = await starts();
    await stage.run(id, 'for n in $(seq 1 60); do echo "$n" > /etc/site/file-$n; done');
    await settled();
    expect(await starts()).toBe(before + 1);
  });

  it('restarts it again for a change during a restart', async () => {
    const before = await starts();
    await stage.run(id, 'touch /etc/site/one; until test -e /run/holdfast/changed-1; do sleep 0.1; done');
    await stage.run(id, 'while test -e /run/holdfast/changed-1; do sleep 0.02; done; touch /etc/site/two');
    await settled();
    expect(await starts()).toBe(before + 2);
  });

  it('follows the branch: applies a new commit, and restarts what reads the files that it changed', async () => {
    const before = await starts();
    const commit = push({ 'web/site.env': env('COLOUR=red\n') });
    await stage.run(id, 'systemctl start holdfast-refresh.service');
    await settled();
    expect(await starts()).toBe(before + 1);
    expect(await stage.run(id, 'cat /etc/site/site.env')).toContain('COLOUR=red');
    expect(refreshReport()).toMatchObject({
      result: 'well',
      configuration: { commit, author: 'Ada' },
      errors: [],
    });
    expect(await stage.ask(id, '/health')).toMatchObject({ status: 200 });
  });

  it('keeps what it has when a commit is broken, and says which state', async () => {
    const { configuration } = refreshReport();
    const before = await starts();
    push({ 'web/init.sls': 'lacking package:\n  pkg.installed:\n    - name: no-such-package\n' });
    expect((await stage.try(id, 'systemctl start holdfast-refresh.service')).code).toBe(1);
    expect(refreshReport()).toMatchObject({
      result: 'failed',
      configuration,
      errors: [
        { name: 'ProvisionFailed', message: expect.stringContaining('pkg.installed of lacking package') },
      ],
    });
    expect(await starts()).toBe(before);
    expect(await stage.ask(id, '/health')).toMatchObject({ status: 200 });
    push({ 'web/init.sls': '/etc/site/site.env:\n  file.managed:\n    - source: salt://web/site.env\n' });
    await stage.run(id, 'systemctl start holdfast-refresh.service');
    expect(refreshReport().result).toBe('well');
  });

  it('reports a service that does not come back, and that it is back', async () => {
    await stage.run(id, 'cp /etc/site/site.env /root/; echo PORT=none > /etc/site/site.env');
    await settled();
    const seen = await stage.waitFor('the report of it', () =>
      refreshReport().result === 'failed' ? refreshReport() : undefined,
    );
    expect(seen.errors).toEqual([
      { name: 'ServiceFailed', message: expect.stringContaining('after its files changed site.service is ') },
    ]);
    await stage.run(id, 'cp /root/site.env /etc/site/site.env');
    await settled();
    await stage.run(id, 'until systemctl start holdfast-refresh.service; do sleep 1; done');
    expect(refreshReport()).toMatchObject({ result: 'well', errors: [] });
  });
});

describe('a deployment whose states fail', () => {
  it('is refused with the name of the state', async () => {
    const salt = await SaltPackages.serve();
    const stage = await Stage.start({ settings: (settings) => configured(settings, salt) });
    try {
      stage.environment.world.ssm.putParameter({ Name: token, Value: 'secret', Type: 'SecureString' });
      pushStates(stage, { 'web/init.sls': '/etc/site/site.env:\n  file.managed:\n    - contents: x\n' });
      const report = await stage.deploy('v1');
      expect(report).toMatchObject({ result: 'refused' });
      expect(JSON.stringify(report)).toContain(
        'state file.managed of /etc/site/site.env in web: Parent directory',
      );
    } finally {
      await stage.stop();
      salt.close();
    }
  });
});

function configured(settings: Settings, salt: SaltPackages): Settings {
  return {
    ...settings,
    start: 'systemctl restart site',
    provision: salt.provision,
    states: 'follow',
    refresh: { everySeconds: 3600 },
    watch: [{ paths: ['/etc/site'], unit: 'site.service', action: 'restart' }],
    values: { TOKEN: { parameter: token } },
  };
}
