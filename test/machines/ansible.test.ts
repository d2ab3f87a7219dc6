import type { Settings } from '../../lib/config/settings.ts';
import { launched, reportOf } from '../support/machine/launch.ts';
import { Stage } from '../support/machine/stage.ts';

jest.setTimeout(180_000);

describe('a machine that Ansible brings into its role', () => {
  let stage: Stage;
  let id: string;

  beforeAll(async () => {
    stage = await Stage.start({
      settings: (settings): Settings => ({
        ...settings,
        start: 'systemctl restart site',
        provision: { tool: 'ansible', playbook: 'site.yml', timeoutSeconds: 120 },
      }),
    });
    id = await launched(stage);
  });
  afterAll(() => stage?.stop());

  it('serves, as the user and with the unit that its playbook brought', async () => {
    expect(reportOf(stage, id)).toMatchObject({ result: 'ready' });
    expect(await stage.ask(id, '/health')).toEqual({ status: 200, body: 'healthy\n' });
    expect(await stage.run(id, 'ps -o user= -p "$(systemctl show --value -p MainPID site)"')).toBe('site');
  });

  it('watches nothing and refreshes nothing when nothing is configured', async () => {
    expect(
      await stage.run(id, 'systemctl list-units --no-legend --all "holdfast-*.path" "holdfast-*.timer"'),
    ).toBe('');
  });
});
