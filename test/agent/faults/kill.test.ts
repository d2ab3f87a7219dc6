import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Repository } from '../../support/agent/repository.ts';
import { Service, service } from '../../support/agent/server.ts';
import { type Running, Stage, site } from '../../support/agent/stage.ts';
import { overlayOf } from '../../support/agent/tarball.ts';
import { treeAt } from '../../support/agent/tree.ts';
import { course } from '../../support/suite/sample.ts';
import { isFull } from '../../support/suite/seed.ts';
import { until } from '../../support/until.ts';

describe('a killed agent', () => {
  let stage: Stage;
  let repository: Repository;
  let web: Service;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    web = await Service.in(stage, 4);
  });
  afterEach(async () => {
    web.stop();
    await stage.stop();
  });

  const settings = (build: string) =>
    stage.configure({
      repositories: { site: { url: repository.url, branch: 'main', commands: { build } } },
    });

  /** Records release n: the service, an overlay, and enough files that writing them takes a while. */
  function next(n: number): Record<string, string> {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`files/${i % 10}/${i}`, i % 7 === n % 7 ? `${n}` : 'same']),
    );
    const commit = repository.commit({ ...service, answer: `${n}\n`, ...files });
    stage.record(site(commit, { overlay: stage.store(`o${n}`, overlayOf({ built: `overlay ${n}` })) }));
    return {
      answer: `644 ${n}\n`,
      built: `644 overlay ${n}`,
      made: `644 ${n}\n`,
      ...Object.fromEntries(Object.entries(files).map(([path, body]) => [path, `644 ${body}`])),
    };
  }

  async function killed(running: Running): Promise<void> {
    running.process.kill('SIGKILL');
    // What it told may end in the middle of a line.
    await running.ended.catch(() => undefined);
  }

  /** Runs until it told so many events, then kills it. `false` when it was done before. */
  async function killAfter(events: number): Promise<boolean> {
    const running = stage.begin(['deploy', '--auto', '--settings', stage.settingsFile]);
    running.ended.catch(() => undefined);
    const lines = createInterface({ input: running.process.stdout ?? process.stdin });
    let told = 0;
    const isOver = await new Promise<boolean>((resolve) => {
      running.process.once('exit', () => resolve(true));
      lines.on('line', () => {
        told += 1;
        if (told === events) resolve(false);
      });
    });
    if (!isOver) await killed(running);
    return !isOver;
  }

  function expectNoLeftovers(): void {
    const own = join(stage.root, '.holdfast/repositories/site');
    expect(existsSync(join(own, 'work'))).toBe(false);
    const notes = readdirSync(join(own, 'notes')).map((name) => name.replace(/\.(json|index|seal)$/, ''));
    expect([...new Set(notes)].toSorted()).toEqual(stage.releases().toSorted());
    expect(stage.releases().length).toBeLessThanOrEqual(3);
    const mirror = readdirSync(join(own, 'mirror.git'), { recursive: true }).map(String);
    expect(mirror.filter((name) => /\.lock$|tmp_/.test(name))).toEqual([]);
  }

  it('after any event: what is current is whole, and the next run succeeds', async () => {
    settings('cat answer > made');
    const trees = [next(0)];
    expect((await stage.autoProcess()).stderr).toBe('');
    let last = 0;
    for (let n = course.first, isKilled = true; isKilled; n += course.step) {
      last = n;
      trees.push(next(n));
      isKilled = await killAfter(n);
      const current = treeAt(stage.current());
      expect(trees.some((tree) => Object.entries(tree).every(([path, file]) => current[path] === file))).toBe(
        true,
      );
      const { code, stderr } = await stage.auto();
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(treeAt(stage.current())).toMatchObject(trees.at(-1) ?? {});
      expect(await web.answer()).toBe(`${n}`);
      expectNoLeftovers();
    }
    expect(last).toBeGreaterThan(8);
  });

  it('at any time: what is current is whole, and the next run succeeds', async () => {
    settings('cat answer > made');
    const trees = [next(0)];
    expect((await stage.autoProcess()).stderr).toBe('');
    for (let n = 1; n <= (isFull ? 4 : 2); n += 1) {
      trees.push(next(n));
      const running = stage.begin(['deploy', '--auto', '--settings', stage.settingsFile]);
      running.ended.catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, isFull ? 100 + 100 * n : 200 * n));
      await killed(running);
      const current = treeAt(stage.current());
      expect(trees.some((tree) => Object.entries(tree).every(([path, file]) => current[path] === file))).toBe(
        true,
      );
      const { code, stderr } = await stage.auto();
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(treeAt(stage.current())).toMatchObject(trees.at(-1) ?? {});
      expectNoLeftovers();
    }
  });

  it('in the middle of a build: the build that goes on does not disturb the next run', async () => {
    const [slow, begun, go, over] = ['slow', 'begun', 'go', 'over'].map((name) => join(stage.folder, name));
    const late = `touch ${begun}; for i in $(seq 400); do [ -e ${go} ] && break; sleep 0.05; done; echo late > late; touch ${over}`;
    settings(`cat answer > made; if [ -e ${slow} ]; then ${late}; fi`);
    next(0);
    writeFileSync(`${slow}`, '');
    const running = stage.begin(['deploy', '--auto', '--settings', stage.settingsFile]);
    await until(20, async () => existsSync(`${begun}`) || undefined);
    await killed(running);
    rmSync(`${slow}`);
    expect((await stage.auto()).stderr).toBe('');
    writeFileSync(`${go}`, '');
    await until(20, async () => existsSync(`${over}`) || undefined);
    expect(existsSync(join(stage.current(), 'late'))).toBe(false);
    expectNoLeftovers();
  });

  it('while the new release was started: the next run knows where to go back to', async () => {
    settings('cat answer > made');
    next(0);
    await stage.autoProcess();
    const id = stage.currentId();
    stage.record(site(repository.commit({ 'server.cjs': 'setInterval(() => 0, 1000)\n' })));
    const running = stage.begin(['deploy', '--auto', '--settings', stage.settingsFile]);
    running.ended.catch(() => undefined);
    await new Promise<void>((resolve) => {
      createInterface({ input: running.process.stdout ?? process.stdin }).on('line', (line) => {
        if (line.includes('"name":"start"')) resolve();
      });
    });
    await killed(running);
    expect(stage.currentId()).not.toBe(id);
    const { code, stderr } = await stage.autoProcess();
    expect(code).toBe(7);
    expect(stderr).toContain('the previous release runs again');
    expect(stage.currentId()).toBe(id);
    expect(await web.answer()).toBe('0');
  });
});

describe('two agents on one machine', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.start();
  });
  afterEach(() => stage.stop());

  it('work one after the other', async () => {
    const repository = stage.repository();
    const build = 'test ! -e ../busy; touch ../busy; sleep 0.3; rm ../busy';
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main', commands: { build } } } });
    stage.record(site(repository.commit({ a: '1' })));
    const ended = await Promise.all([stage.autoProcess(), stage.autoProcess(), stage.autoProcess()]);
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
    const results = ended.map(({ summary }) => summary.result).toSorted();
    expect(results).toEqual(['deployed', 'unchanged', 'unchanged']);
    expect(ended.flatMap(({ events }) => events).filter(({ event }) => event === 'waiting')).toHaveLength(2);
  });
});
