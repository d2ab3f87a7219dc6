import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mounted, noMounts } from '../../support/agent/mounted.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { type Ended, Stage, site } from '../../support/agent/stage.ts';
import { treeAt } from '../../support/agent/tree.ts';

const suite = noMounts ? describe.skip : describe;

suite(`an old release${noMounts ?? ''}`, () => {
  let stage: Stage;
  let repository: Repository;
  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
  });
  afterEach(() => stage.stop());

  async function deploy(commit: string, through: string[] = []): Promise<Ended> {
    stage.record(site(commit));
    return await stage.begin(['deploy', '--auto', '--settings', stage.settingsFile], {}, through).ended;
  }

  const warningsOf = ({ events }: Ended) =>
    events.filter(({ event }) => event === 'warning').map(({ message }) => `${message}`);

  it('into which something is mounted stays, and so does what is mounted', async () => {
    const share = join(stage.folder, 'share');
    mkdirSync(share);
    writeFileSync(join(share, 'holiday.jpg'), 'photo');
    const first = repository.commit({ n: '1' });
    expect((await deploy(first)).code).toBe(0);
    const release = join(stage.root, 'site/releases', stage.currentId());
    const uploads = join(release, 'up loads');
    mkdirSync(uploads);
    const through = mounted(share, uploads);
    for (const n of [2, 3, 4, 5]) {
      const ended = await deploy(repository.commit({ n: `${n}` }), through);
      expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
      const warning = `old release ${release} stays on the disk: ${uploads} is mounted; unmount it`;
      // The second finds it in use.
      expect(warningsOf(ended)).toEqual(n === 2 ? [] : [warning]);
    }
    expect(readdirSync(share)).toEqual(['holiday.jpg']);
    expect(stage.releases().length).toBe(4);

    const back = await deploy(first, through);
    expect(back.code).toBe(0);
    expect(treeAt(stage.current())).toEqual({ n: '644 1' });
    expect(readdirSync(share)).toEqual(['holiday.jpg']);

    expect(warningsOf(await deploy(repository.commit({ n: '6' })))).toEqual([]);
    expect(existsSync(release)).toBe(false);
    expect(stage.releases().length).toBe(3);
  });

  it('that cannot be removed is set aside, with a warning that names the file, until it can', async () => {
    const user = 65_534;
    const through = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups'];
    mkdirSync(stage.root);
    chownSync(stage.root, user, user);
    chmodSync(stage.folder, 0o755);
    const aside = join(stage.root, '.holdfast/repositories/site/aside');
    const first = repository.commit({ n: '1' });
    for (const n of [1, 2, 3]) {
      expect((await deploy(n === 1 ? first : repository.commit({ n: `${n}` }), through)).stderr).toBe('');
      if (n > 1) continue;
      mkdirSync(join(stage.current(), 'cache'));
      writeFileSync(join(stage.current(), 'cache/page'), 'of another user');
    }
    for (const commit of [repository.commit({ n: '4' }), first, repository.commit({ n: '5' })]) {
      const ended = await deploy(commit, through);
      expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
      expect(warningsOf(ended)).toEqual([
        expect.stringMatching(
          /^old release .* stays on the disk: .*\/aside\/.*\/cache\/page'?: Permission denied$/,
        ),
      ]);
    }
    expect(treeAt(stage.current())).toEqual({ n: '644 5' });
    expect(readdirSync(aside).length).toBe(1);

    const [left = ''] = readdirSync(aside);
    for (const name of readdirSync(join(aside, left))) rmSync(join(aside, left, name), { recursive: true });
    expect(warningsOf(await deploy(repository.commit({ n: '6' }), through))).toEqual([]);
    expect(existsSync(aside)).toBe(false);
  });
});
