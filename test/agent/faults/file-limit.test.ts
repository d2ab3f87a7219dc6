import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../../support/agent/repository.ts';
import { type Ended, Stage, site } from '../../support/agent/stage.ts';
import { overlayOf } from '../../support/agent/tarball.ts';
import { treeAt } from '../../support/agent/tree.ts';
import { daily } from '../../support/suite/sample.ts';

const it = daily(1 / 3);

/** A limit on file sizes is a disk that is full for one file: no root is needed for that. */
describe('a write that the system refuses', () => {
  let stage: Stage;
  let repository: Repository;
  let id: string;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
    stage.record(site(repository.commit({ a: 'before' })));
    expect((await stage.auto()).stderr).toBe('');
    id = stage.currentId();
  });
  afterEach(() => stage.stop());

  const limited = (bytes: number): Promise<Ended> =>
    stage.begin(['deploy', '--auto', '--settings', stage.settingsFile], {}, [
      'prlimit',
      `--fsize=${bytes}`,
      '--',
    ]).ended;
  const dense = randomBytes(300_000).toString('base64');
  const overlay = (body: string) => ({ overlay: stage.store('o', overlayOf({ overlay: body })) });

  it.each([
    ['while git fetches', () => site(repository.commit({ dense })), /git fetch: /],
    [
      'while files are checked out',
      () => site(repository.commit({ wide: 'x'.repeat(400_000) })),
      /^git read-tree: .*make room/,
    ],
    [
      'while a tarball is downloaded',
      () => site(repository.commit({}), overlay(dense)),
      /^overlay of repository site: EFBIG.*make room/,
    ],
    [
      'while a tarball is unpacked',
      () => site(repository.commit({}), overlay('x'.repeat(400_000))),
      /^tarball of repository site: .*make room/,
    ],
  ])('%s changes nothing, and a run without the limit succeeds', async (_, release, sentence) => {
    stage.record(release());
    const { code, stderr } = await limited(100_000);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(sentence),
    });
    expect(stage.currentId()).toBe(id);
    expect(treeAt(stage.current())).toEqual({ a: '644 before' });
    const own = join(stage.root, '.holdfast/repositories/site');
    expect(existsSync(join(own, 'work'))).toBe(false);
    const mirror = readdirSync(join(own, 'mirror.git'), { recursive: true }).map(String);
    expect(mirror.filter((name) => /\.lock$|tmp_/.test(name))).toEqual([]);
    expect((await stage.auto()).stderr).toBe('');
    expect(stage.currentId()).not.toBe(id);
  });
});
