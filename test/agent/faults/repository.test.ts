import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Files, importCommits, treeHash } from '../../support/agent/import.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { Stage, site } from '../../support/agent/stage.ts';
import { treeAt } from '../../support/agent/tree.ts';
import { daily } from '../../support/suite/sample.ts';
import { isFull } from '../../support/suite/seed.ts';

const it = daily(1 / 3);

describe('a repository', () => {
  let stage: Stage;
  let repository: Repository;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
  });
  afterEach(() => stage.stop());

  /** Deploys a commit; what is on disk then is exactly its tree. */
  async function deploy(commit: string): Promise<void> {
    stage.record(site(commit));
    const { code, stderr } = await stage.auto();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const folder = join(stage.current(), '.');
    expect(treeHash(repository, folder)).toBe(repository.git('rev-parse', `${commit}^{tree}`));
    expect(
      execFileSync('find', ['.', '-type', 'd', '-empty', '!', '-path', '.'], { cwd: folder }).toString(),
    ).toBe('');
  }

  const plain = (data: string) => ({ data });
  const link = (data: string) => ({ data, mode: '120000' as const });
  const script = (data: string) => ({ data, mode: '100755' as const });

  it('with links of every kind has them as they were committed, and writes through none', async () => {
    const links = {
      inside: link('a'),
      dangling: link('gone'),
      out: link('/etc'),
      up: link('../../..'),
      self: link('self'),
      dir: link('d'),
    };
    await deploy(importCommits(repository, [{ a: plain('1'), 'd/x': plain('2'), ...links }]));
    expect(treeAt(stage.current())).toMatchObject({
      dangling: '-> gone',
      out: '-> /etc',
      up: '-> ../../..',
      self: '-> self',
    });
    // The links become folders, the folder a link.
    await deploy(
      importCommits(repository, [
        { 'out/x': plain('1'), 'up/y': plain('2'), 'dir/x': plain('3'), d: link('dir') },
      ]),
    );
    expect(existsSync('/etc/x')).toBe(false);
  });

  it('in which files become folders and back, and only modes change, is exact each time', async () => {
    const states: Files[] = [
      { a: plain('1'), 'b/c': plain('2'), tool: plain('t') },
      { 'a/x': plain('1'), b: plain('2'), tool: script('t') },
      { a: link('b'), 'b/c/d': plain('2'), tool: plain('t') },
      { 'a/x/y': plain('1'), b: script('2'), tool: script('t') },
      { a: plain('1'), 'b/c': plain('2'), tool: script('t') },
    ];
    for (const state of states) await deploy(importCommits(repository, [state]));
    for (const back of [2, 3, 1]) await deploy(repository.git('rev-parse', `main~${back}`));
  });

  it('with names of any bytes has them', async () => {
    const names = [
      'new\nline',
      '"quoted"',
      'tab\t',
      '\xff\xfe',
      '-option',
      '--help',
      ' ',
      '\\',
      ':(glob)x',
      'con',
      'caf\xc3\xa9',
      'cafe\xcc\x81',
      '\x1b[31m',
    ];
    const files: Files = Object.fromEntries(
      names.flatMap((name) => [
        [name, plain(name)],
        [`d/${name}/x`, plain(name)],
      ]),
    );
    await deploy(importCommits(repository, [files]));
    expect(readdirSync(stage.current(), { encoding: 'latin1' }).toSorted()).toEqual(
      [...names, 'd'].toSorted(),
    );
    await deploy(
      importCommits(repository, [{ ...files, '\xff\xfe': plain('changed'), A: plain('1'), a: plain('2') }]),
    );
  });

  it('with nothing in it is an empty release', async () => {
    await deploy(importCommits(repository, [{}]));
    expect(treeAt(stage.current())).toEqual({});
    await deploy(importCommits(repository, [{ a: plain('1') }, {}]));
  });

  it('with attributes is written as they say', async () => {
    const text = 'one\ntwo\n';
    await deploy(
      importCommits(repository, [
        {
          '.gitattributes': plain('*.txt eol=crlf\n*.id ident\n*.x export-ignore\n*.f filter=evil\n'),
          'a.txt': plain(text),
          'b.id': plain('$Id$\n'),
          'c.x': plain(text),
          'd.f': plain(text),
        },
      ]),
    );
    expect(treeAt(stage.current())).toMatchObject({
      'a.txt': '644 one\r\ntwo\r\n',
      'b.id': expect.stringMatching(/^644 \$Id: [0-9a-f]{40} \$\n$/),
      'c.x': `644 ${text}`,
      'd.f': `644 ${text}`,
    });
  });

  it('with submodules has empty folders for them, and real ones after they became files', async () => {
    const inner = importCommits(repository, [{ a: plain('1') }]);
    stage.record(site(importCommits(repository, [{ a: plain('1'), sub: { data: inner, mode: '160000' } }])));
    const { code, events } = await stage.auto();
    expect(code).toBe(0);
    expect(JSON.stringify(events)).toContain('submodules are not fetched; their folders stay empty');
    expect(treeAt(stage.current())).toEqual({ a: '644 1', sub: '755 folder' });
    for (const n of ['1', '2', '3'])
      await deploy(importCommits(repository, [{ a: plain(n), 'sub/x': plain('2') }]));
  });

  it('with files in Git LFS says so, in whatever folder they are named', async () => {
    const attributes = plain('*.bin filter=lfs diff=lfs merge=lfs -text\n');
    stage.record(
      site(
        importCommits(repository, [{ 'media/.gitattributes': attributes, 'media/a.bin': plain('pointer') }]),
      ),
    );
    const { code, events } = await stage.auto();
    expect(code).toBe(0);
    expect(JSON.stringify(events)).toContain('files in Git LFS stay pointers');
    expect(treeAt(stage.current())).toMatchObject({ 'media/a.bin': '644 pointer' });
  });

  const count = isFull ? 50_000 : 2_000;
  it(`of ${count} commits gives the oldest, proven to be on its branch, and refuses one that is not`, async () => {
    const trees = function* () {
      for (let n = 0; n < count; n += 1) yield { n: plain(`${n}`) };
    };
    importCommits(repository, trees());
    const oldest = repository.git('rev-list', '--max-parents=0', 'main');
    stage.configure({ parameters: { release: '/green', deployed: '/none' } });
    stage.record(site(oldest), { verified: false }, '/green');
    expect((await stage.auto()).stderr).toBe('');
    expect(treeAt(stage.current())).toEqual({ n: '644 0' });
    const stray = repository.git('commit-tree', `${oldest}^{tree}`, '-p', oldest, '-m', 'stray');
    stage.record(site(stray), { verified: false }, '/green');
    const { code, stderr } = await stage.auto();
    expect(code).toBe(4);
    expect(stderr).toContain(`commit ${stray} is not on branch main`);
  });

  it('whatever its commits are, whatever was written into old releases, is exact', async () => {
    const path = fc.constantFrom('a', 'a/b', 'a/b/c', 'd', 'd/e', 'd/\xff', 'x.t', 'x.i', 'E', 'e\n');
    const content = fc.constantFrom('', '1', '22', 'a\nb\n', '$Id$\n');
    const file = fc.oneof(
      content.map(plain),
      content.map(script),
      fc.constantFrom('a', 'gone', '/tmp').map(link),
    );
    const attributes = fc.constantFrom(undefined, '*.t eol=crlf\n', '*.i ident\n', '* -text\n');
    const state = fc.record({ files: fc.array(fc.tuple(path, file), { maxLength: 6 }), attributes });
    const act = fc.record({ state, back: fc.nat(3), scribble: fc.nat(4) });
    let current: string | undefined;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 6 }), async (acts) => {
        for (const {
          state: { files, attributes: lines },
          back,
          scribble,
        } of acts) {
          const tip = importCommits(repository, [withoutClashes(files, lines)]);
          const commits = repository.git('rev-list', `--max-count=${back + 1}`, 'main').split('\n');
          const wanted = back > 2 ? (commits.at(-1) ?? tip) : tip;
          // What is current stays as the application left it.
          if (current !== undefined && current !== wanted) spoil(stage, scribble);
          await deploy(wanted);
          current = wanted;
        }
      }),
      { numRuns: isFull ? 5 : 2 },
    );
  });
});

/** A path that is a folder of another's is dropped: the later one stays. */
function withoutClashes(files: [string, Files[string]][], attributes: string | undefined): Files {
  const kept: Files = attributes === undefined ? {} : { '.gitattributes': { data: attributes } };
  for (const [path, file] of files) {
    for (const other of Object.keys(kept))
      if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) delete kept[other];
    kept[path] = file;
  }
  return kept;
}

/** What an application does to the release that runs. */
function spoil(stage: Stage, how: number): void {
  const folder = join(stage.current(), '.');
  const [first] = readdirSync(folder, { encoding: 'buffer' });
  const path = first && Buffer.concat([Buffer.from(`${folder}/`), first]);
  if (how === 1) writeFileSync(join(folder, 'left behind'), 'x');
  if (how === 2 && path) rmSync(path, { recursive: true });
  if (how === 3) chmodSync(folder, 0o700);
  if (how === 4)
    execFileSync('find', [folder, '-type', 'f', '-exec', 'sh', '-c', 'echo more >> "$1"', 'sh', '{}', ';']);
}
