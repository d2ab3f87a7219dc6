import type { Settings } from '../../lib/config/settings.ts';
import { pushStates, refreshReportOf } from '../support/machine/configuration.ts';
import { launched } from '../support/machine/launch.ts';
import { Stage } from '../support/machine/stage.ts';

jest.setTimeout(240_000);

/** The shortest that the configuration takes. */
const everySeconds = 60;

describe('a machine whose configuration follows its branch', () => {
  let stage: Stage;
  let id: string;

  beforeAll(async () => {
    stage = await Stage.start({
      settings: (settings): Settings => ({
        ...settings,
        provision: {
          tool: 'commands',
          apply: 'install -D -m 644 web/site.env /etc/site/site.env',
          timeoutSeconds: 60,
        },
        states: 'follow',
        refresh: { everySeconds, randomDelaySeconds: 0 },
      }),
    });
    id = await launched(stage);
  });
  afterAll(() => stage?.stop());

  it('applies a new commit when its timer fires, with nobody asking, and reports it', async () => {
    const commit = pushStates(stage, { 'web/site.env': 'COLOUR=red\n' });
    const report = await stage.waitFor(
      'the report of the refresh',
      () => {
        const last = refreshReportOf(stage, id);
        return last.configuration?.commit === commit ? last : undefined;
      },
      { seconds: 3 * everySeconds, show: [id] },
    );
    expect(report).toMatchObject({ result: 'well', configuration: { commit, author: 'Ada' }, errors: [] });
    expect(await stage.run(id, 'cat /etc/site/site.env')).toBe('COLOUR=red');
    const show = 'systemctl show --value --property';
    expect(await stage.run(id, `${show} LastTriggerUSec holdfast-refresh.timer`)).not.toBe('');
    expect(await stage.run(id, `${show} TriggeredBy holdfast-refresh.service`)).toBe(
      'holdfast-refresh.timer',
    );
  });

  it('goes on serving, and has its timer running for the next time', async () => {
    expect(await stage.ask(id, '/health')).toMatchObject({ status: 200 });
    expect((await stage.ask(id)).body).toContain('release v1<');
    const next = 'systemctl show --value --property NextElapseUSecMonotonic holdfast-refresh.timer';
    const isSet = async () => (/\d/.test(await stage.run(id, next)) ? true : undefined);
    await stage.waitFor('the end of the refresh', isSet, { show: [id] });
  });
});
