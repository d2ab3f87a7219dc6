import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type GitHost, startGitHost } from '../../support/agent/git-host.ts';
import type { Content, Repository } from '../../support/agent/repository.ts';
import { Service, service } from '../../support/agent/server.ts';
import { noDisks, SmallDisk } from '../../support/agent/small-disk.ts';
import { type Ended, Stage, site } from '../../support/agent/stage.ts';
import { overlayOf } from '../../support/agent/tarball.ts';
import { treeAt } from '../../support/agent/tree.ts';
import { daily } from '../../support/suite/sample.ts';
import { isFull } from '../../support/suite/seed.ts';

const it = daily(1 / 3);

const suite = noDisks ? describe.skip : describe;
const megabyte = 1024 * 1024;
/** Packs to nothing, and is big on disk. */
const wide = 'wide '.repeat(megabyte);
/** As big packed as unpacked. */
const dense = (bytes: number) => randomBytes((bytes * 3) / 4).toString('base64');

suite(`a full disk${noDisks ?? ''}`, () => {
  let stage: Stage;
  let repository: Repository;
  let disk: SmallDisk;
  let web: Service;
  /** Shell line that leaves no room. */
  let fill: string;
  let before: { id: string; tree: Record<string, string> };

  beforeEach(async () => {
    stage = await Stage.start();
    disk = new SmallDisk(stage.root, 'size=64m,mode=755');
    repository = stage.repository();
    configure();
    web = await Service.in(stage, 4);
    stage.record(site(repository.commit({ ...service, answer: 'before\n' })));
    expect((await stage.auto()).stderr).toBe('');
    fill = `cat /dev/zero > ${stage.root}/more`;
    before = { id: stage.currentId(), tree: treeAt(stage.current()) };
  });
  afterEach(async () => {
    web.stop();
    disk.unmount();
    await stage.stop();
  });

  function configure(build?: string, url = repository.url): void {
    const commands = build === undefined ? {} : { commands: { build } };
    stage.configure({ repositories: { site: { url, branch: 'main', ...commands } } });
  }

  /** Records a release with an answer of its own. */
  function next(files: Record<string, Content> = {}, overlay?: string): void {
    const commit = repository.commit({ answer: 'after\n', ...files });
    stage.record(
      site(commit, overlay === undefined ? {} : { overlay: stage.store('o', overlayOf({ overlay })) }),
    );
  }

  async function expectHarmless(ended: Ended, exit: number, sentence: RegExp): Promise<void> {
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({
      code: exit,
      stderr: expect.stringMatching(sentence),
    });
    expect(stage.currentId()).toBe(before.id);
    expect(treeAt(stage.current())).toEqual(before.tree);
    expect(await web.answer()).toBe('before');
    expectNothingHalfWritten();
  }

  function expectNothingHalfWritten(): void {
    const own = join(stage.root, '.holdfast/repositories/site');
    expect(existsSync(join(own, 'work'))).toBe(false);
    const noted = readdirSync(join(own, 'notes')).map((name) => name.replace(/\.(json|index|seal)$/, ''));
    expect([...new Set(noted)].toSorted()).toEqual(stage.releases().toSorted());
    const mirror = readdirSync(join(own, 'mirror.git'), { recursive: true }).map(String);
    expect(mirror.filter((name) => /\.lock$|tmp_/.test(name))).toEqual([]);
    expect(readdirSync(join(stage.root, '.holdfast')).filter((name) => name.endsWith('.new'))).toEqual([]);
  }

  async function expectRecovery(): Promise<void> {
    for (const name of ['ballast', 'more']) rmSync(join(stage.root, name), { force: true });
    disk.remount('size=256m,nr_inodes=100000');
    const { code, stderr } = await stage.auto();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await web.answer()).toBe('after');
    expectNothingHalfWritten();
  }

  const places: [string, () => void, RegExp][] = [
    [
      'while git fetches',
      () => next({ dense: dense(4 * megabyte) }),
      /^git fetch: .*No space left on device: .* free for /,
    ],
    [
      'while files are checked out',
      () => next({ wide }),
      /^git read-tree: .*: 2 MiB of 64 MiB free for .*, 5 MiB are needed; make room/,
    ],
    [
      'while many files are checked out',
      () => next({ ...Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`f/${n}`, `${n}`])) }),
      /^git read-tree: .* are needed; make room/,
    ],
    [
      // Git fetches beside it: which of the two finds the disk full first is open.
      'while an overlay is downloaded',
      () => next({}, dense(4 * megabyte)),
      /^(overlay of repository site: .*ENOSPC.* MiB are needed|git fetch: .*No space left.*); make room/,
    ],
    ['while an overlay is unpacked', () => next({}, wide), /^tarball of repository site: tar: .*make room/],
  ];

  it.each(places)('%s changes nothing, and a run with room succeeds', async (_, prepare, sentence) => {
    prepare();
    disk.fillUpTo(2 * megabyte);
    const ended = await stage.auto();
    expect(ended.summary.error?.name).toBe('DiskFull');
    await expectHarmless(ended, 1, sentence);
    await expectRecovery();
  });

  it('while the build writes is said beside the failed command', async () => {
    configure('cat answer > made; head -c 8000000 /dev/zero > big');
    next();
    disk.fillUpTo(2 * megabyte);
    await expectHarmless(
      await stage.auto(),
      8,
      /^build of repository site failed: .*; the disk is full: 0 B of 64 MiB free for /,
    );
    await expectRecovery();
  });

  it('that the build leaves behind is found before anything is switched', async () => {
    configure(`${fill}; true`);
    next();
    disk.fillUpTo(2 * megabyte);
    await expectHarmless(
      await stage.auto(),
      1,
      /^(Error: )?ENOSPC: no space left on device, .* of 64 MiB free for /,
    );
    configure('true');
    await expectRecovery();
  });

  it('while the new release starts: the previous one is put back', async () => {
    next({ 'start.sh': `${fill}\n` });
    disk.fillUpTo(2 * megabyte);
    const { code, stderr } = await stage.auto();
    expect(code).toBe(8);
    expect(stderr).toMatch(/^start failed: .*; the disk is full: 0 B .*; the previous release runs again\n$/);
    expect(stage.currentId()).toBe(before.id);
    expect(await web.answer()).toBe('before');
    expectNothingHalfWritten();
    next({ 'start.sh': service['start.sh'] });
    await expectRecovery();
  });

  it('that the new release fills when it starts does not keep it from serving', async () => {
    const start = `${fill} || true\n`;
    next({ 'start.sh': `${start}${service['start.sh']}` });
    disk.fillUpTo(2 * megabyte);
    expect((await stage.auto()).stderr).toBe('');
    expect(await web.answer()).toBe('after');
    expect((await stage.auto()).summary.result).toBe('unchanged');
  });

  it('with nothing to do is no failure', async () => {
    disk.fillUpTo(0);
    const { code, summary } = await stage.auto();
    expect({ code, result: summary.result }).toEqual({ code: 0, result: 'unchanged' });
  });

  it('of which no inode is left is told as such', async () => {
    next(Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`f/${n}`, `${n}`])));
    const used = 1 + readdirSync(stage.root, { recursive: true }).length;
    disk.remount(`nr_inodes=${used + 30}`);
    await expectHarmless(await stage.auto(), 1, /^git read-tree: .* free for .* are needed; make room/);
    await expectRecovery();
  });

  it('at any other moment: with a little more room each time until it does', async () => {
    next({ wide: wide.slice(0, 300_000), dense: dense(200_000) }, dense(100_000));
    // Less of it would fail more often at the same moment.
    const step = (isFull ? 96 : 288) * 1024;
    let failures = 0;
    for (let room = 0; ; room += step) {
      disk.fillUpTo(room);
      const ended = await stage.auto();
      if (ended.code === 0) break;
      failures += 1;
      expect(ended).toMatchObject({ summary: { error: { name: 'DiskFull' } } });
      await expectHarmless(ended, 1, /make room or enlarge the disk/);
      rmSync(join(stage.root, 'ballast'));
    }
    expect(failures).toBeGreaterThan(isFull ? 5 : 2);
    await expectRecovery();
  });

  it('costs one download: a host is not asked again because of this disk', async () => {
    const host: GitHost = await startGitHost(repository);
    configure(undefined, host.url);
    next({ dense: dense(4 * megabyte) });
    disk.fillUpTo(megabyte);
    await expectHarmless(await stage.auto(), 1, /^git fetch: .*No space left on device/);
    expect(host.asked.filter((path) => path.includes('git-upload-pack')).length).toBeLessThanOrEqual(3);
    await host.close();
  });
});
