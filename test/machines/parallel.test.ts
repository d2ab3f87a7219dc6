import { launched, reportOf } from '../support/machine/launch.ts';
import { Stage } from '../support/machine/stage.ts';

jest.setTimeout(240_000);

describe('four machines that boot at the same time', () => {
  let stage: Stage;
  let ids: string[];

  beforeAll(async () => {
    stage = await Stage.start();
    ids = await Promise.all([1, 2, 3, 4].map(() => launched(stage)));
  });
  afterAll(() => stage?.stop());

  it('all serve the recorded release', async () => {
    for (const id of ids) {
      expect(reportOf(stage, id)?.result).toBe('ready');
      expect((await stage.ask(id)).body).toContain('release v1<');
    }
  });

  it('are told apart: address, machine id, and who they are in their metadata', async () => {
    const told = await Promise.all(
      ids.map((id) =>
        stage.run(id, 'cat /etc/machine-id; hostname --all-ip-addresses; cat /run/cloud-init/.instance-id'),
      ),
    );
    expect(new Set(told.map((text) => text.split('\n')[0])).size).toBe(4);
    expect(
      told.map((text) =>
        text
          .split('\n')
          .slice(1)
          .map((line) => line.trim()),
      ),
    ).toEqual(ids.map((id) => [stage.hosts.address(id), id]));
  });

  it('reach each other over the network, and none sees the processes of another', async () => {
    const [first = '', second = ''] = ids;
    const url = `http://${stage.hosts.address(second)}:8080/health`;
    expect(await stage.run(first, `curl --silent ${url}`)).toBe('healthy');
    expect(await stage.run(first, 'pgrep --count --full "^node server"')).toBe('1');
  });
});
