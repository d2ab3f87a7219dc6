import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../../support/agent/repository.ts';
import { Stage, site } from '../../support/agent/stage.ts';
import { treeAt } from '../../support/agent/tree.ts';
import { daily } from '../../support/suite/sample.ts';

describe('a release directory', () => {
  let stage: Stage;
  let repository: Repository;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
  });
  afterEach(() => stage.stop());

  /** Deploys commits one after the other. */
  async function deploy(...commits: string[]): Promise<void> {
    for (const commit of commits) {
      stage.record(site(commit));
      expect((await stage.auto()).stderr).toBe('');
    }
  }

  const release = (id: string) => join(stage.root, 'site/releases', id);
  const files = { same: 'same', 'lib/a': 'a', 'lib/b': 'b' };

  it('is one of at most three', async () => {
    for (const n of [1, 2, 3, 4, 5]) await deploy(repository.commit({ ...files, n: `${n}` }));
    expect(stage.releases().length).toBe(3);
    expect(treeAt(stage.current())).toMatchObject({ n: '644 5', same: '644 same' });
  });

  it('is an old one brought forward: what did not change is not written again', async () => {
    for (const n of [1, 2, 3]) await deploy(repository.commit({ ...files, n: `${n}` }));
    const oldest = join(release(stage.releases().toSorted()[0] ?? ''), 'lib/a');
    const { ino, mtimeMs } = statSync(oldest);
    await deploy(repository.commit({ n: '4' }));
    expect(statSync(join(stage.current(), 'lib/a'))).toMatchObject({ ino, mtimeMs });
    expect(treeAt(stage.current())).toEqual({
      lib: '755 folder',
      'lib/a': '644 a',
      'lib/b': '644 b',
      n: '644 4',
      same: '644 same',
    });
  });

  it('is written afresh when the commit that the old one holds is not at hand any more', async () => {
    for (const n of [1, 2, 3]) await deploy(repository.commit({ ...files, n: `${n}` }));
    const oldest = stage.releases().toSorted()[0] ?? '';
    const note = join(stage.root, '.holdfast/repositories/site/notes', `${oldest}.json`);
    const { commit } = (JSON.parse(readFileSync(note, 'utf8')) as { entry: { commit: string } }).entry;
    writeFileSync(note, readFileSync(note, 'utf8').replace(commit, 'f'.repeat(40)));
    await deploy(repository.commit({ n: '4', 'lib/b': 'changed' }));
    expect(treeAt(stage.current())).toMatchObject({ 'lib/a': '644 a', 'lib/b': '644 changed', n: '644 4' });
  });

  describe('brought forward after the application wrote into it', () => {
    const it = daily(1 / 2);
    const whole = {
      lib: '755 folder',
      'lib/a': '644 a',
      'lib/b': '644 b',
      n: '644 4',
      same: '644 same',
    };

    /** What the application does to the oldest release, then a fourth deployment. */
    async function spoil(application: (folder: string) => void): Promise<void> {
      for (const n of [1, 2, 3]) await deploy(repository.commit({ ...files, n: `${n}` }));
      application(release(stage.releases().toSorted()[0] ?? ''));
      await deploy(repository.commit({ n: '4' }));
      expect(treeAt(stage.current())).toEqual(whole);
    }

    it('holds no file that the commit does not hold', async () => {
      await spoil((folder) => {
        mkdirSync(join(folder, 'cache/deep'), { recursive: true });
        writeFileSync(join(folder, 'cache/deep/x'), 'x');
        writeFileSync(join(folder, 'lib/.gitignore'), '*\n');
        writeFileSync(join(folder, 'lib/ignored'), 'x');
        mkdirSync(join(folder, 'empty'));
      });
    });

    it('holds the committed bytes again, also when size and times are the old ones', async () => {
      await spoil((folder) => {
        const file = join(folder, 'lib/a');
        const { atime, mtime } = statSync(file);
        writeFileSync(file, 'z');
        utimesSync(file, atime, mtime);
        rmSync(join(folder, 'lib/b'));
      });
    });

    it('holds again what was removed', async () => {
      await spoil((folder) => rmSync(join(folder, 'lib/b')));
      await spoil((folder) => rmSync(join(folder, 'lib'), { recursive: true }));
    });

    it('has the committed modes again', async () => {
      await spoil((folder) => {
        chmodSync(join(folder, 'lib/a'), 0o600);
        chmodSync(join(folder, 'lib/b'), 0o4777);
        chmodSync(join(folder, 'lib'), 0o2777);
      });
    });

    it('holds no repositories that were made in it', async () => {
      await spoil((folder) => {
        for (const place of ['.', 'lib', 'vendor/x']) {
          mkdirSync(join(folder, place, '.git'), { recursive: true });
          writeFileSync(join(folder, place, '.git/HEAD'), 'ref: refs/heads/main\n');
        }
      });
    });

    it('does not follow a link that took the place of a folder', async () => {
      const outside = join(stage.folder, 'outside');
      await spoil((folder) => {
        cpSync(join(folder, 'lib'), outside, { recursive: true });
        rmSync(join(folder, 'lib'), { recursive: true });
        symlinkSync(outside, join(folder, 'lib'));
      });
      expect(treeAt(outside)).toEqual({ a: '644 a', b: '644 b' });
    });

    it('does not take a folder that was moved and linked for unchanged', async () => {
      await spoil((folder) => {
        renameSync(join(folder, 'lib'), join(folder, 'lib.real'));
        symlinkSync('lib.real', join(folder, 'lib'));
      });
    });

    it('has folders for folders and files for files', async () => {
      await spoil((folder) => {
        rmSync(join(folder, 'same'));
        mkdirSync(join(folder, 'same'));
        writeFileSync(join(folder, 'same/x'), 'x');
        rmSync(join(folder, 'lib'), { recursive: true });
        writeFileSync(join(folder, 'lib'), 'x');
      });
    });
  });

  it('leaves kept releases as they are, whatever the application writes', async () => {
    for (const n of [1, 2]) await deploy(repository.commit({ ...files, n: `${n}` }));
    const [first = '', second = ''] = stage.releases().toSorted();
    writeFileSync(join(release(second), 'same'), 'written in place');
    await deploy(repository.commit({ n: '3' }));
    expect(treeAt(release(first))).toMatchObject({ n: '644 1', same: '644 same' });
    expect(treeAt(release(second))).toMatchObject({ n: '644 2', same: '644 written in place' });
    expect(treeAt(stage.current())).toMatchObject({ n: '644 3', same: '644 same' });
  });

  it('is exact again when an earlier release comes back', async () => {
    const first = repository.commit({ ...files, n: '1' });
    await deploy(first);
    writeFileSync(join(stage.current(), 'left'), 'behind');
    await deploy(repository.commit({ n: '2' }), first);
    expect(treeAt(stage.current())).toEqual({
      lib: '755 folder',
      'lib/a': '644 a',
      'lib/b': '644 b',
      n: '644 1',
      same: '644 same',
    });
    expect(stage.releases().length).toBe(2);
  });

  it('is written afresh when attributes change how files are written', async () => {
    for (const n of [1, 2, 3]) await deploy(repository.commit({ 'a.txt': 'a\nb\n', n: `${n}` }));
    await deploy(repository.commit({ '.gitattributes': '*.txt eol=crlf\n', n: '4' }));
    expect(treeAt(stage.current())).toMatchObject({ 'a.txt': '644 a\r\nb\r\n' });
  });

  it('runs nothing that the repository brings: no filter, no hook, no submodule', async () => {
    const mark = join(stage.folder, 'ran');
    const commit = repository.commit({
      '.gitattributes': '* filter=evil\n',
      '.gitmodules': `[submodule "x"]\n\tpath = x\n\turl = ext::sh -c 'touch ${mark}'\n`,
      '.githooks/post-checkout': { script: `#!/bin/sh\ntouch ${mark}\n` },
      a: 'a',
    });
    repository.git('config', 'filter.evil.smudge', `touch ${mark}`);
    await deploy(commit);
    expect(existsSync(mark)).toBe(false);
    expect(treeAt(stage.current())).toMatchObject({ a: '644 a' });
  });

  it('has empty folders for submodules and pointers for Git LFS, and says so', async () => {
    const inner = repository.commit({ a: 'a' });
    repository.git('update-index', '--add', '--cacheinfo', `160000,${inner},vendor/inner`);
    repository.git('commit', '--quiet', '--message', 'Submodule');
    stage.record(site(repository.git('rev-parse', 'HEAD')));
    const { events } = await stage.auto();
    expect(events).toContainEqual(expect.objectContaining({ event: 'warning', repository: 'site' }));
    expect(treeAt(stage.current())).toMatchObject({ vendor: '755 folder', 'vendor/inner': '755 folder' });
    stage.record(
      site(repository.commit({ '.gitattributes': '*.bin filter=lfs diff=lfs -text\n', 'a.bin': 'pointer' })),
    );
    expect(JSON.stringify((await stage.auto()).events)).toContain('Git LFS');
    expect(treeAt(stage.current())).toMatchObject({ 'a.bin': '644 pointer' });
  });

  it('copes with names that are not text', async () => {
    const odd = 'a "quoted"\nname\ttab';
    await deploy(repository.commit({ [odd]: '1', 'ünï/cödé': '2', Case: '3', case: '4' }));
    expect(treeAt(stage.current())).toEqual({
      [odd]: '644 1',
      ünï: '755 folder',
      'ünï/cödé': '644 2',
      Case: '644 3',
      case: '644 4',
    });
  });
});
