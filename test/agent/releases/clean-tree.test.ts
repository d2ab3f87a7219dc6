import {
  chmodSync,
  lutimesSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Git } from '../../../lib/agent/git/git.ts';
import { cleanStampOf } from '../../../lib/agent/releases/clean-stamp.ts';
import { cleanTree, isUntouched } from '../../../lib/agent/releases/clean-tree.ts';
import { layoutOf } from '../../../lib/agent/session/layout.ts';
import { Stage, site } from '../../support/agent/stage.ts';
import { treeAt } from '../../support/agent/tree.ts';
import { daily } from '../../support/suite/sample.ts';

describe('a tree that was sealed', () => {
  let stage: Stage;
  let git: Git;
  let mirror: string;
  let tree: { id: string; path: string; index: string };

  beforeEach(async () => {
    stage = await Stage.start();
    const repository = stage.repository();
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
    stage.record(site(repository.commit({ same: 'same', 'lib/a': 'a', '.gitignore': 'ignored\n' })));
    expect((await stage.auto()).stderr).toBe('');
    const layout = layoutOf(stage.root);
    const paths = layout.repository('site');
    const id = stage.currentId();
    git = new Git(layout.gitConfig);
    mirror = paths.mirror;
    tree = { id, path: paths.release(id), index: paths.index(id) };
  });
  afterEach(() => stage.stop());

  const whole = { same: '644 same', lib: '755 folder', 'lib/a': '644 a', '.gitignore': '644 ignored\n' };

  it('is straight and untouched as long as nobody wrote into it', async () => {
    expect(await isUntouched(git, mirror, tree)).toBe(true);
    expect(await cleanTree(git, mirror, tree)).toBe(true);
    expect(treeAt(tree.path)).toEqual(whole);
  });

  const application: [string, (folder: string) => void][] = [
    ['wrote a file', (folder) => writeFileSync(join(folder, 'lib/new'), 'x')],
    ['wrote a file that git ignores', (folder) => writeFileSync(join(folder, 'ignored'), 'x')],
    ['made an empty folder', (folder) => mkdirSync(join(folder, 'lib/empty'))],
    ['made a repository', (folder) => mkdirSync(join(folder, 'lib/.git'))],
    ['closed a folder', (folder) => chmodSync(join(folder, 'lib'), 0o700)],
    ['linked out', (folder) => symlinkSync('/etc', join(folder, 'etc'))],
    ['moved a folder beside', (folder) => renameSync(join(folder, 'lib'), join(folder, 'lib.old'))],
  ];

  const removing: [string, (folder: string) => void][] = [
    ['removed a file', (folder) => rmSync(join(folder, 'same'))],
    ['removed a folder', (folder) => rmSync(join(folder, 'lib'), { recursive: true })],
    [
      'put an empty folder in the place of a file',
      (folder) => {
        rmSync(join(folder, 'same'));
        mkdirSync(join(folder, 'same'));
      },
    ],
    [
      'put an older link in the place of a file',
      (folder) => {
        rmSync(join(folder, 'same'));
        symlinkSync('lib/a', join(folder, 'same'));
        lutimesSync(join(folder, 'same'), 1, 1);
      },
    ],
  ];

  daily(1 / 2).each([...application, ...removing])(
    'is not untouched when the application %s, and looking changes nothing',
    async (_, write) => {
      write(tree.path);
      const before = treeAt(tree.path);
      expect(await isUntouched(git, mirror, tree)).toBe(false);
      expect(treeAt(tree.path)).toEqual(before);
    },
  );

  it.each([
    ['opened a folder to all', () => chmodSync(join(tree.path, 'lib'), 0o777)],
    ['opened a folder to a group', () => chmodSync(join(tree.path, 'lib'), 0o775)],
    [
      'made a folder for all',
      () => {
        mkdirSync(join(tree.path, 'lib/cache'));
        chmodSync(join(tree.path, 'lib/cache'), 0o1777);
      },
    ],
  ])('is not touched when the application %s: others could lead git elsewhere', async (_, write) => {
    write();
    const before = treeAt(tree.path);
    expect(await isUntouched(git, mirror, tree)).toBe(false);
    expect(await cleanTree(git, mirror, tree)).toBe(false);
    expect(treeAt(tree.path)).toEqual(before);
  });

  daily(1 / 2).each(application.slice(0, -1))('is straight again afterwards when it %s', async (_, write) => {
    write(tree.path);
    expect(await cleanTree(git, mirror, tree)).toBe(true);
    expect(treeAt(tree.path)).toEqual(whole);
  });

  it('is not straight when its seal is of the future: the clock was set back', async () => {
    const later = Date.now() / 1000 + 60;
    utimesSync(cleanStampOf(tree), later, later);
    expect(await isUntouched(git, mirror, tree)).toBe(false);
    expect(await cleanTree(git, mirror, tree)).toBe(false);
  });

  it('is not straight when it cannot be looked at', async () => {
    rmSync(mirror, { recursive: true });
    expect(await isUntouched(git, mirror, tree)).toBe(false);
    expect(await cleanTree(git, mirror, tree)).toBe(false);
  });
});
