import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stage } from '../support/agent/stage.ts';

describe('the compile cache', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.start();
  });
  afterEach(() => stage.stop());

  const deploy = async (cache: string) => {
    const args = ['deploy', '--auto', '--settings', stage.settingsFile];
    return await stage.begin(args, { NODE_COMPILE_CACHE: cache }).ended;
  };
  const compiled = (cache: string) =>
    readdirSync(cache, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

  it('keeps the agent, and no program that the agent starts', async () => {
    const cache = join(stage.folder, 'cache');
    const site = stage.repository('site');
    stage.configure({
      repositories: { site: { url: site.url, branch: 'main', commands: { build: 'env > environment' } } },
    });
    stage.record({ site: { branch: 'main', commit: site.commit({ a: '1' }) } });
    expect(await deploy(cache)).toMatchObject({ code: 0, stderr: '' });
    expect(compiled(cache)).toHaveLength(1);
    const environment = readFileSync(join(stage.current(), 'environment'), 'utf8');
    expect(environment).toContain('PATH=');
    expect(environment).not.toContain('NODE_COMPILE_CACHE');
  });

  it('is not needed: a run where it cannot be written works', async () => {
    const site = stage.repository('site');
    stage.configure({ repositories: { site: { url: site.url, branch: 'main' } } });
    stage.record({ site: { branch: 'main', commit: site.commit({ a: '1' }) } });
    const { code, stderr } = await deploy(join(stage.settingsFile, 'cache'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
