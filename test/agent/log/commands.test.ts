import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Journal } from '../../support/agent/journal.ts';
import { Stage, site } from '../../support/agent/stage.ts';

const logGroupName = '/holdfast/test/instances/web';

describe('commands that ship the log', () => {
  let stage: Stage;
  let journal: Journal;

  beforeEach(async () => {
    stage = await Stage.start();
    const repository = stage.repository();
    stage.configure({
      repositories: { site: { url: repository.url, branch: 'main' } },
      instance: { id: 'i-1', roleId: 'AROA' },
    });
    stage.record(site(repository.commit({ a: '1' })));
    stage.world.logs.createLogGroup({ logGroupName });
    process.env.HOLDFAST_HOME = stage.folder;
    mkdirSync(join(stage.folder, 'run/systemd/system'), { recursive: true });
    journal = new Journal(stage.folder);
    journal.say('one');
  });
  afterEach(async () => {
    delete process.env.HOLDFAST_HOME;
    journal.end();
    await stage.stop();
  });

  const shipped = () =>
    stage.world.logs
      .getLogEvents({ logGroupName, logStreamName: 'i-1' })
      .events?.map(({ message }) => message);

  it('ship-log says nothing when all went well', async () => {
    const { code, stdout, stderr } = await stage.shipLog();
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(shipped()).toEqual(['site[7]: one']);
  });

  it('ship-log fails with one sentence for the journal', async () => {
    stage.configure({ service: 'other' });
    const { code, stderr } = await stage.shipLog();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'found no log group /holdfast/test/instances/other; deploy the stack of the service, which makes it\n',
    });
  });

  it('ship-log has nothing to do on a machine that is no instance', async () => {
    stage.configure({ instance: undefined });
    expect((await stage.shipLog()).code).toBe(0);
    expect(() => shipped()).toThrow('log stream does not exist');
  });

  it('a refresh ships what was said until its end', async () => {
    expect((await stage.refresh()).summary.result).toBe('unchanged');
    expect(shipped()).toEqual(['site[7]: one']);
  });

  it('a refresh that fails does so, too', async () => {
    stage.configure({ values: { TOKEN: { secret: 'none' } }, valuesFile: join(stage.folder, 'values.env') });
    expect((await stage.refresh()).summary.result).toBe('failed');
    expect(shipped()).toEqual(['site[7]: one']);
  });
});
