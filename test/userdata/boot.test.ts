import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instance } from '../agent/fixtures/instance.ts';
import { Stage, site } from '../agent/fixtures/stage.ts';

const file = join(process.cwd(), 'userdata/boot.sh');

describe('boot.sh', () => {
  let stage: Stage;
  let instance: Instance;

  beforeEach(async () => {
    stage = await Stage.start();
    instance = await Instance.launch(stage);
    const repository = stage.repository();
    instance.settings({ repositories: { site: { url: repository.url, branch: 'main' } } });
    stage.record(site(repository.commit({ a: '1' })));
  });
  afterEach(async () => {
    instance.stop();
    await stage.stop();
  });

  it('is short, and bash can read it', () => {
    const text = readFileSync(file, 'utf8');
    expect(text.split('\n').length).toBeLessThanOrEqual(60);
    expect(text.length).toBeLessThanOrEqual(4096);
    expect(text.split('@INIT@').length).toBe(2);
    expect(() => execFileSync('bash', ['-n', file])).not.toThrow();
  });

  it('fetches the agent by its digest with the credentials of the role, and starts it', async () => {
    const callers: unknown[] = [];
    stage.world.faults.seen = ({ operation, caller }) => {
      if (operation === 'GetObject') callers.push(caller);
    };
    const { code } = await instance.boot(instance.userData(instance.storeAgent()));
    expect(code).toBe(0);
    expect(callers).toEqual([`AROATEST:${instance.id}`]);
    expect(existsSync(join(instance.home, 'srv/holdfast/site/current/a'))).toBe(true);
  });

  it('fetches nothing when the agent is there', async () => {
    const userData = instance.userData(instance.storeAgent());
    await instance.boot(userData);
    const fetched: string[] = [];
    stage.world.faults.seen = ({ operation }) => fetched.push(operation);
    expect((await instance.boot(userData)).code).toBe(0);
    expect(fetched).not.toContain('GetObject');
  });

  it('fails on an agent with another digest, names the line, and runs nothing', async () => {
    const sha256 = instance.storeAgent();
    const userData = instance
      .userData(sha256)
      .replace(`"sha256":"${sha256}"`, `"sha256":"${'0'.repeat(64)}"`);
    const { code, output } = await instance.boot(userData);
    expect(code).not.toBe(0);
    expect(output).toMatch(/holdfast boot: line \d+ failed: sha256sum --check/);
    expect(existsSync(join(instance.home, 'srv'))).toBe(false);
  });

  it('fails when the agent is not in the store', async () => {
    const { code, output } = await instance.boot(instance.userData('1'.repeat(64)));
    expect(code).not.toBe(0);
    expect(output).toMatch(/holdfast boot: line \d+ failed: (ask|curl)/);
  });
});
