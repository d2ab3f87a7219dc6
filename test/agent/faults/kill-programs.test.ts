import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { addPacks } from '../../support/agent/packs.ts';
import { type Blow, Programs } from '../../support/agent/programs.ts';
import type { Content, Repository } from '../../support/agent/repository.ts';
import { Service, service } from '../../support/agent/server.ts';
import { type Running, Stage, site } from '../../support/agent/stage.ts';
import { overlayOf } from '../../support/agent/tarball.ts';
import { treeAt } from '../../support/agent/tree.ts';
import { course, sample } from '../../support/suite/sample.ts';
import { isFull } from '../../support/suite/seed.ts';
import { until } from '../../support/until.ts';

/** `git fetch`, `tar` */
const shortened = (call: string) =>
  call
    .split(' ')
    .slice(0, call.startsWith('git') ? 2 : 1)
    .join(' ');

describe('kill -9', () => {
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

  const own = () => join(stage.root, '.holdfast/repositories/site');
  const configure = (build: string) =>
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main', commands: { build } } } });

  /** Records release n with an overlay, and gives the whole tree that it is on disk. */
  function next(n: number, before = n - 1): Record<string, string> {
    const files: Record<string, Content> = {
      ...service,
      answer: `${n}\n`,
      [`only-in-${n}`]: '',
      [`only-in-${before}`]: undefined,
      link: { link: `${n}` },
    };
    const overlay = stage.store(`o${n}`, overlayOf({ built: `overlay ${n}` }));
    stage.record(site(repository.commit(files), { overlay }));
    const tree = Object.fromEntries(
      Object.entries(files)
        .filter(([, content]) => typeof content === 'string')
        .map(([path, content]) => [path, `644 ${content}`]),
    );
    return { ...tree, link: `-> ${n}`, built: `644 overlay ${n}`, made: `644 ${n}\n` };
  }

  function expectNothingLeft(): void {
    expect(existsSync(join(own(), 'work'))).toBe(false);
    const noted = readdirSync(join(own(), 'notes')).map((name) => name.replace(/\.(json|index|seal)$/, ''));
    expect([...new Set(noted)].toSorted()).toEqual(stage.releases().toSorted());
    const mirror = readdirSync(join(own(), 'mirror.git'), { recursive: true }).map(String);
    expect(mirror.filter((name) => /\.lock$|tmp[_-]/.test(name))).toEqual([]);
  }

  it.each<Blow>(sample(['kill the agent', 'kill the program'], 1 / 2))(
    'at each program that is started (%s): what is current is the tree of a commit',
    async (blow) => {
      configure('cat answer > made');
      const programs = new Programs(stage);
      const trees = [next(0)];
      expect((await stage.auto()).stderr).toBe('');
      const struck = new Set<string>();
      for (let n = course.first, before = 0; ; before = n, n += course.step) {
        trees.push(next(n, before));
        const isStruck = await programs.strike(n, blow);
        if (isStruck) struck.add(programs.calls()[n - 1] ?? '');
        expect(trees).toContainEqual(treeAt(stage.current()));
        const { code, stderr } = await stage.auto();
        expect({ n, code, stderr }).toEqual({ n, code: 0, stderr: '' });
        expect(treeAt(stage.current())).toEqual(trees.at(-1));
        expect(await web.answer()).toBe(`${n}`);
        expectNothingLeft();
        if (!isStruck) break;
      }
      // The last run went to its end: it shows what there was to strike at.
      const known = ['flock', 'git fetch', 'git read-tree', 'tar', 'sh'];
      expect(programs.calls().map(shortened)).toEqual(expect.arrayContaining(known));
      expect([...struck].map(shortened)).toEqual(expect.arrayContaining(isFull ? known : []));
      expect(struck.size).toBeGreaterThan(isFull ? 2 : 0);
    },
  );

  it.each<Blow>(sample(['kill the agent', 'kill the program'], 1 / 2))(
    'while the mirror is put together (%s): nothing is lost, the next run does it',
    async (blow) => {
      configure('cat answer > made');
      next(0);
      expect((await stage.auto()).stderr).toBe('');
      const packs = join(own(), 'mirror.git/objects/pack');
      addPacks(join(own(), 'mirror.git'), 24);
      const programs = new Programs(stage);
      next(1);
      expect(await programs.strike('git repack', blow)).toBe(true);
      expect(await web.answer()).toBe('1');
      writeFileSync(join(packs, '.tmp-1-pack-x.pack'), 'left by a killed repack');
      const tree = next(2);
      const { code, events } = await stage.auto();
      expect(code).toBe(0);
      // A repack that a killed agent leaves behind is done before the next run begins.
      const isLeft = blow === 'kill the program';
      expect(events.some(({ name }) => name === 'upkeep')).toBe(isLeft);
      expect(treeAt(stage.current())).toEqual(tree);
      expect(readdirSync(packs).filter((name) => name.endsWith('.pack'))).toHaveLength(isLeft ? 1 : 2);
      expectNothingLeft();
    },
  );

  it('while manual mode records: the next run records, and deploys nothing again', async () => {
    configure('cat answer > made');
    next(0);
    const tip = repository.git('rev-parse', 'HEAD');
    stage.record(site('c'.repeat(40)));
    let running: Running | undefined;
    stage.world.faults.seen = ({ operation }) => {
      if (operation === 'PutParameter') running?.process.kill('SIGKILL');
    };
    running = stage.begin(['deploy', '--settings', stage.settingsFile]);
    await running.ended.catch(() => undefined);
    stage.world.faults.seen = () => undefined;
    expect(running.process.signalCode).toBe('SIGKILL');
    const { code, summary } = await stage.deploy();
    expect({ code, result: summary.result }).toEqual({ code: 0, result: 'unchanged' });
    expect(stage.recorded().release).toEqual(site(tip));
  });

  it('of the agent that another one waits for: that one goes on', async () => {
    const [hold, begun] = ['hold', 'begun'].map((name) => join(stage.folder, name));
    configure(
      `touch ${begun}; for i in $(seq 400); do [ -e ${hold} ] || break; sleep 0.05; done; cat answer > made`,
    );
    writeFileSync(`${hold}`, '');
    const tree = next(0);
    const first = stage.begin(['deploy', '--auto', '--settings', stage.settingsFile]);
    first.ended.catch(() => undefined);
    await until(20, async () => existsSync(`${begun}`) || undefined);
    const second = stage.begin(['deploy', '--auto', '--settings', stage.settingsFile]);
    await new Promise<void>((resolve) => {
      createInterface({ input: second.process.stdout ?? process.stdin }).on('line', (line) => {
        if (line.includes('"waiting"')) resolve();
      });
    });
    first.process.kill('SIGKILL');
    rmSync(`${hold}`);
    const { code, stderr, summary } = await second.ended;
    expect({ code, stderr, result: summary.result }).toEqual({ code: 0, stderr: '', result: 'deployed' });
    expect(treeAt(stage.current())).toEqual(tree);
    expectNothingLeft();
  });
});
