import type { Settings } from '../../lib/config/settings.ts';
import { launched, reportOf } from '../support/machine/launch.ts';
import { SaltPackages } from '../support/machine/salt.ts';
import { Stage } from '../support/machine/stage.ts';

jest.setTimeout(240_000);

describe('a machine without the tool that brings it into its role', () => {
  let salt: SaltPackages;
  let stage: Stage;

  beforeAll(async () => {
    salt = await SaltPackages.serve();
    stage = await Stage.start({
      settings: (settings): Settings => ({
        ...settings,
        start: 'systemctl restart site',
        provision: salt.packageProvision,
      }),
    });
  });
  afterAll(async () => {
    await stage?.stop();
    salt?.close();
  });

  it('installs it with its package manager, from the mirror that the image names', async () => {
    const sources = `echo '${salt.sourcesList}' > /etc/apt/sources.list`;
    const id = await launched(stage, { userData: (text) => text.replace('\n', `\n${sources}\n`) });
    const report = reportOf(stage, id);
    expect(report).toMatchObject({ result: 'ready' });
    expect(report?.phases.map(({ name }) => name)).toEqual(expect.arrayContaining(['install', 'provision']));
    expect(await stage.run(id, 'dpkg --search "$(command -v salt-call)"')).toMatch(/^salt/);
    expect(await stage.ask(id, '/health')).toEqual({ status: 200, body: 'healthy\n' });
  });

  it('fails with what the package manager says when no mirror has it', async () => {
    const id = await launched(stage, {
      userData: (text) => text.replace('\n', '\n: > /etc/apt/sources.list\n'),
    });
    const report = reportOf(stage, id);
    expect(report).toMatchObject({ result: 'failed', error: { name: 'ProvisionFailed' } });
    expect(report?.error?.message).toMatch(
      /salt\S* could not be installed: E: Unable to locate package salt/,
    );
  });
});
