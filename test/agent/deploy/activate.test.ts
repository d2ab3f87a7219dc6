import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../../support/agent/repository.ts';
import { Service, service } from '../../support/agent/server.ts';
import { Stage, site } from '../../support/agent/stage.ts';
import { treeAt } from '../../support/agent/tree.ts';

describe('starting a release', () => {
  let stage: Stage;
  let repository: Repository;
  let web: Service;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
    web = await Service.in(stage);
  });
  afterEach(async () => {
    web.stop();
    await stage.stop();
  });

  it('starts the service with HOST and PORT and waits for 200', async () => {
    stage.record(site(repository.commit(service)));
    const { code, stderr, summary } = await stage.auto();
    expect({ code, stderr, result: summary.result }).toEqual({ code: 0, stderr: '', result: 'deployed' });
    expect(await web.answer()).toBe('hello');
  });

  it('does nothing while it is current and healthy, and starts it again when it is not', async () => {
    stage.record(site(repository.commit(service)));
    await stage.auto();
    expect((await stage.auto()).summary.result).toBe('unchanged');
    web.stop();
    expect((await stage.auto()).summary.result).toBe('restarted');
    expect(await web.answer()).toBe('hello');
  });

  it('goes back to the previous release and starts it again when the new one is not healthy', async () => {
    stage.record(site(repository.commit(service)));
    await stage.auto();
    const id = stage.currentId();
    stage.record(site(repository.commit({ status: '500\n', answer: 'broken\n' })));
    const { code, stderr, summary } = await stage.auto();
    expect({ code, name: summary.error?.name }).toEqual({ code: 7, name: 'NotHealthy' });
    expect(stderr).toMatch(/gave status 500 .*; the previous release runs again\n$/);
    expect(stage.currentId()).toBe(id);
    expect(await web.answer()).toBe('hello');
  });

  it('leaves nothing current when the first release is not healthy', async () => {
    stage.record(site(repository.commit({ ...service, status: '503\n' })));
    const { code, stderr } = await stage.auto();
    expect(code).toBe(7);
    expect(stderr).toContain('there is no previous release');
    expect(existsSync(stage.current())).toBe(false);
    expect((await stage.auto()).code).toBe(7);
  });

  it('fails with 8 when the start command fails, and goes back', async () => {
    stage.record(site(repository.commit(service)));
    await stage.auto();
    stage.record(site(repository.commit({ 'start.sh': 'echo cannot start >&2\nexit 3\n' })));
    const { code, stderr } = await stage.auto();
    expect(code).toBe(8);
    expect(stderr).toContain('start failed: exit code 3, last output "cannot start"');
    expect(await web.answer()).toBe('hello');
  });

  it('fails with 8 when a build fails, and switches nothing', async () => {
    stage.record(site(repository.commit(service)));
    await stage.auto();
    const id = stage.currentId();
    const url = repository.url;
    stage.configure({
      repositories: { site: { url, branch: 'main', commands: { build: 'echo no compiler; exit 1' } } },
    });
    stage.record(site(repository.commit({ answer: 'two\n' })));
    const { code, stderr, summary } = await stage.auto();
    expect(code).toBe(8);
    expect(stderr).toContain('build of repository site failed: exit code 1, last output "no compiler"');
    expect(summary.phases.map(({ name }) => name)).not.toContain('switch');
    expect(stage.currentId()).toBe(id);
    expect(await web.answer()).toBe('hello');
  });

  it('keeps what the build made, and builds again when the command changes', async () => {
    const build = (line: string) =>
      stage.configure({
        repositories: { site: { url: repository.url, branch: 'main', commands: { build: line } } },
      });
    stage.record(site(repository.commit(service)));
    build('mkdir out && pwd > out/where && echo 1 > out/built');
    await stage.auto();
    expect(readFileSync(join(stage.current(), 'out/built'), 'utf8')).toBe('1\n');
    build('mkdir out && echo 2 > out/built');
    expect((await stage.auto()).summary.result).toBe('deployed');
    expect(readdirSync(join(stage.current(), 'out'))).toEqual(['built']);
    expect(readFileSync(join(stage.current(), 'out/built'), 'utf8')).toBe('2\n');
  });

  it('has nothing of its own in the release, and leaves no work behind', async () => {
    stage.record(site(repository.commit(service)));
    await stage.auto();
    expect(Object.keys(treeAt(stage.current()))).toEqual(Object.keys(service).toSorted());
    expect(readdirSync(join(stage.root, 'site')).toSorted()).toEqual(['current', 'releases']);
    expect(existsSync(join(stage.root, '.holdfast/repositories/site/work'))).toBe(false);
  });

  it('starts again after a reboot', async () => {
    stage.record(site(repository.commit(service)));
    await stage.auto();
    const file = join(stage.root, '.holdfast/running.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), boot: 'another' }));
    expect((await stage.auto()).summary.result).toBe('restarted');
  });
});
