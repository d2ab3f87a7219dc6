import { launched } from '../support/machine/launch.ts';
import { line, shipped } from '../support/machine/log.ts';
import { Stage } from '../support/machine/stage.ts';

jest.setTimeout(300_000);

/** A stage on which the log is looked at every so often, with one machine that serves. */
async function machine(everySeconds: number): Promise<{ stage: Stage; id: string }> {
  const stage = await Stage.start({ settings: (settings) => ({ ...settings, log: { everySeconds } }) });
  return { stage, id: await launched(stage) };
}

describe('the log of a machine', () => {
  let stage: Stage;
  let id: string;
  beforeAll(async () => {
    ({ stage, id } = await machine(10));
  });
  afterAll(() => stage?.stop());

  const say = (text: string) => stage.run(id, `printf '${text}' | systemd-cat --identifier=site`);
  const ship = () => stage.run(id, 'journalctl --sync && systemctl start holdfast-log');

  it('has what boot.sh said before there was an agent', async () => {
    expect(await line(stage, id, /holdfast-agent\.new: OK/)).toMatch(/^cloud-init\[\d+\]: /);
  });

  it('has what the agent did', async () => {
    expect(await line(stage, id, /"event":"stage","name":"watch"/)).toMatch(/^holdfast\[\d+\]: \{/);
  });

  it('gets what the service says by the timer, once', async () => {
    await say('said later');
    expect(await line(stage, id, /said later/)).toMatch(/^site\[\d+\]: said later$/);
    await ship();
    expect(shipped(stage, id).filter((each) => each.includes('said later'))).toHaveLength(1);
  });

  it('is not about its own shipment', async () => {
    await ship();
    const count = shipped(stage, id).length;
    await ship();
    expect(shipped(stage, id).slice(count)).toEqual([]);
  });

  it('goes on with what is left when the journal forgot where it was', async () => {
    await stage.run(id, 'systemctl stop holdfast-log.timer');
    await ship();
    await stage.run(id, 'journalctl --rotate && journalctl --vacuum-size=1');
    await say('\\377\\376 is not text');
    await ship();
    expect(shipped(stage, id).at(-1)).toMatch(/^site\[\d+\]: \ufffd\ufffd is not text$/);
  });
});

describe('a machine that is ended without a word', () => {
  let stage: Stage;
  let id: string;
  beforeAll(async () => {
    ({ stage, id } = await machine(3600));
  });
  afterAll(() => stage?.stop());

  it('ships its last lines while it stops', async () => {
    await line(stage, id, /"result":"deployed"|"event":"units"/);
    await stage.run(id, 'echo the last words | systemd-cat --identifier=site');
    stage.environment.world.ec2.terminateInstances({ InstanceIds: [id] });
    expect(await line(stage, id, /the last words/)).toMatch(/^site\[\d+\]: /);
  });
});
