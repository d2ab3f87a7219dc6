import { shipped } from '../support/machine/log.ts';
import { Stage } from '../support/machine/stage.ts';

jest.setTimeout(300_000);

describe('a machine whose fleet is replaced', () => {
  let stage: Stage;
  let old: string;
  /** Who completed terminate hooks. */
  const completed: (string | undefined)[] = [];

  beforeAll(async () => {
    // The service still answers while jobs are finished.
    const command =
      'curl -sf "http://$(hostname -I | cut -d " " -f 1):8080/health" | systemd-cat --identifier=jobs';
    stage = await Stage.start({
      settings: (settings) => ({ ...settings, drain: { command, deadlineSeconds: 30 } }),
    });
    expect(await stage.deploy('v1')).toMatchObject({ result: 'deployed' });
    [old = ''] = [...stage.environment.world.autoScaling.fleets.groups.values()].flatMap(({ members }) => [
      ...members.keys(),
    ]);
    stage.environment.world.faults.seen = ({ operation, input, caller }) => {
      if (operation === 'CompleteLifecycleAction' && input.LifecycleHookName === 'holdfast-terminate')
        completed.push(caller);
    };
  });
  afterAll(() => stage?.stop());

  it('waits for the notice in a shell of a few megabytes', async () => {
    expect(await stage.run(old, 'systemctl is-active holdfast-leave')).toBe('active');
    const bytes = await stage.run(
      old,
      'systemctl show --property=MainPID --value holdfast-leave | xargs -I{} grep VmRSS /proc/{}/status',
    );
    expect(Number(/(\d+) kB/.exec(bytes)?.[1])).toBeLessThan(10_000);
  });

  it('runs its drain command while it serves, ships the end of its log, and says itself when it is done', async () => {
    expect(await stage.deploy('v2')).toMatchObject({ result: 'deployed' });
    const { settings } = stage.environment;
    const log = shipped(stage, old).join('\n');
    expect(log).toMatch(/jobs\[\d+\]: healthy/);
    expect(log).toContain('"event":"leaving"');
    expect(completed).toEqual([`${settings.roleId}:${old}`]);
  });
});
