import { logGroupName } from '../../lib/config/names.ts';
import { AwsError } from '../../lib/rehearsal/model/error.ts';
import { launch, reportOf } from './fixtures/launch.ts';
import { Stage } from './fixtures/stage.ts';

jest.setTimeout(300_000);

describe('the log of a machine', () => {
  let stage: Stage;
  let id: string;

  beforeAll(async () => {
    stage = await Stage.start({ settings: (settings) => ({ ...settings, log: { everySeconds: 10 } }) });
    id = launch(stage);
    await stage.waitFor('a report', () => reportOf(stage, id), { seconds: 120, show: [id] });
  });
  afterAll(() => stage?.stop());

  /** What CloudWatch has of a machine. */
  function shipped(instance = id): string[] {
    const { world, name, service } = stage.environment;
    try {
      const { events = [] } = world.logs.getLogEvents({
        logGroupName: logGroupName(name, service),
        logStreamName: instance,
      });
      return events.map(({ message = '' }) => message);
    } catch (error) {
      if (error instanceof AwsError) return [];
      throw error;
    }
  }

  const line = (pattern: RegExp, instance = id) =>
    stage.waitFor(`the line ${pattern}`, () => shipped(instance).find((each) => pattern.test(each)), {
      seconds: 60,
      show: [instance],
    });

  it('has what boot.sh said before there was an agent', async () => {
    expect(await line(/holdfast-agent\.new: OK/)).toMatch(/^cloud-init\[\d+\]: /);
  });

  it('has what the agent did', async () => {
    expect(await line(/"event":"stage","name":"watch"/)).toMatch(/^holdfast\[\d+\]: \{/);
  });

  it('gets what the service says by the timer, once', async () => {
    await stage.run(id, 'echo said later | systemd-cat --identifier=site');
    await line(/said later/);
    await stage.run(id, 'systemctl start holdfast-log');
    expect(shipped().filter((each) => each.includes('said later'))).toHaveLength(1);
  });

  it('is not about its own shipment', async () => {
    await stage.run(id, 'systemctl start holdfast-log && systemctl start holdfast-log');
    const count = shipped().length;
    await stage.run(id, 'journalctl --sync; systemctl start holdfast-log');
    expect(shipped().slice(count)).toEqual([]);
  });

  it('goes on with what is left when the journal forgot where it was', async () => {
    await stage.run(id, 'systemctl stop holdfast-log.timer; systemctl start holdfast-log');
    await stage.run(
      id,
      'journalctl --rotate && journalctl --vacuum-size=1 && printf "\\377\\376 not text" | systemd-cat --identifier=site',
    );
    await stage.run(id, 'journalctl --sync; systemctl start holdfast-log');
    expect(await line(/not text/)).toMatch(/^site\[\d+\]: \ufffd\ufffd not text$/);
  });
});
