import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { download } from '../../../lib/agent/tarball/tarball.ts';
import { unpack } from '../../../lib/agent/tarball/unpack.ts';
import { compress, type Forged, forge, pax } from '../../support/agent/tarball.ts';
import { treeAt } from '../../support/agent/tree.ts';

describe('unpack', () => {
  let folder: string;
  let tree: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-unpack-'));
    tree = join(folder, 'tree');
    mkdirSync(join(tree, 'a/b'), { recursive: true });
    mkdirSync(join(tree, 'public'));
    writeFileSync(join(tree, 'code'), 'code');
    symlinkSync('public', join(tree, 'inside'));
    symlinkSync('/tmp', join(tree, 'outside'));
    symlinkSync('../..', join(tree, 'a/b/up'));
    // Where these lead depends on the first of them.
    symlinkSync('.', join(tree, 'd'));
    symlinkSync('d/../../../../tmp', join(tree, 'e'));
    symlinkSync('q/q/q/q', join(tree, 'deep'));
    symlinkSync('deep/../../../../tmp', join(tree, 'f'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function unpackOver(members: readonly Forged[]): Promise<void> {
    const bytes = compress(forge(members), 'gzip');
    const object = { key: 'k', etag: 'e', version: 'v', size: bytes.length, body: Readable.from([bytes]) };
    await unpack('overlay', await download('overlay', object, join(folder, 'tarball'), undefined), tree);
  }

  const hostile: [string, Forged[], RegExp][] = [
    ['an absolute name', [{ name: '/etc/evil', body: 'x' }], /absolute name/],
    ['an absolute name of pax', [pax({ path: '/etc/evil' }), { name: 'a', body: 'x' }], /absolute name/],
    ['".." in a name', [{ name: 'a/../../evil', body: 'x' }], /holds "\.\."/],
    ['".." at the end', [{ name: 'a/..', type: '5' }], /holds "\.\."/],
    ['a character device', [{ name: 'null', type: '3' }], /a character device/],
    ['a block device', [{ name: 'disk', type: '4' }], /a block device/],
    ['a fifo', [{ name: 'pipe', type: '6' }], /a fifo/],
    ['an absolute link', [{ name: 'l', type: '2', link: '/etc/passwd' }], /leads out of the tree/],
    ['a link upwards', [{ name: 'x/l', type: '2', link: '../../evil' }], /leads out of the tree/],
    [
      'a file through its own link',
      [
        { name: 'l', type: '2', link: 'public' },
        { name: 'l/evil', body: 'x' },
      ],
      /through a link of the same tarball/,
    ],
    [
      'a file through its own link that comes later',
      [
        { name: 'l/evil', body: 'x' },
        { name: 'l', type: '2', link: 'public' },
      ],
      /through a link|twice/,
    ],
    [
      'a chain of links',
      [
        { name: 'p/q/r', type: '2', link: '../..' },
        { name: 's', type: '2', link: 'p/q/r/../x' },
      ],
      /leads out of the tree/,
    ],
    ['a link through a link of the commit', [{ name: 's', type: '2', link: 'a/b/up/../x' }], /leads out/],
    ['a link onto a link of the commit', [{ name: 's', type: '2', link: 'outside/x' }], /leads out/],
    [
      'a file through a link of the commit',
      [{ name: 'outside/evil', body: 'x' }],
      /through a link of the commit/,
    ],
    [
      'a folder through a link of the commit',
      [{ name: 'outside/', type: '5' }],
      /through a link of the commit/,
    ],
    [
      'a file through a link of the commit that stays in the tree',
      [{ name: 'inside/x', body: 'x' }],
      /"inside" goes through a link of the commit/,
    ],
    [
      'a file through a link of the commit, before a link makes that one lead inside',
      [
        { name: 'e/evil', body: 'x' },
        { name: 'd', type: '2', link: 'q/q/q/q/q/q/q/q' },
      ],
      /"e" goes through a link of the commit/,
    ],
    [
      'a folder in the place of a link of the commit that another one leads through',
      [
        { name: 'deep/', type: '5' },
        { name: 'f/evil', body: 'x' },
      ],
      /through a link of the commit/,
    ],
    ['a hard link out', [{ name: 'h', type: '1', link: '/etc/passwd' }], /names no file of the same/],
    ['a hard link to the commit', [{ name: 'h', type: '1', link: 'code' }], /names no file of the same/],
    [
      'a hard link to a link',
      [
        { name: 'l', type: '2', link: 'code' },
        { name: 'h', type: '1', link: 'l' },
      ],
      /names no file of the same/,
    ],
    [
      'a link that becomes a file',
      [
        { name: 'l', type: '2', link: 'code' },
        { name: 'l', body: 'x' },
      ],
      /twice/,
    ],
    ['a link to itself', [{ name: 'l', type: '2', link: 'l' }], /leads out/],
    ['a multi-volume member', [{ name: 'm', type: 'M', body: 'x' }], /cannot be read|neither file/],
    [
      'a sparse file of a petabyte',
      [
        pax({ 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.realsize': '1125899906842624' }),
        { name: 'big', body: `0\n${'\0'.repeat(510)}` },
      ],
      /unpacks to more than/,
    ],
    ['too many bytes', [{ name: 'big', size: 8 ** 11 - 1, body: 'x' }], /unpacks to more than|damaged/],
  ];

  it.each(hostile)('refuses %s, and writes nothing', async (_, members, reason) => {
    const before = treeAt(tree);
    await expect(unpackOver([{ name: 'first', body: 'x' }, ...members])).rejects.toMatchObject({
      name: 'InvalidTarball',
      message: expect.stringMatching(reason),
    });
    expect(treeAt(tree)).toEqual(before);
    expect(readdirSync(folder).toSorted()).toEqual(['tarball', 'tree']);
    for (const path of ['/tmp/evil', '/etc/evil']) expect(existsSync(path)).toBe(false);
  });

  it('fails when the tree holds a folder where the tarball holds a file', async () => {
    await expect(unpackOver([{ name: 'a', body: 'x' }])).rejects.toMatchObject({ name: 'InvalidTarball' });
  });

  it('takes the modes of the tarball, and never a bit by which a program runs as its owner', async () => {
    await unpackOver([
      { name: 'su', body: 'x', mode: 0o4755 },
      { name: 'open', body: 'x', mode: 0o666 },
      { name: 'shared/', type: '5', mode: 0o2777 },
      { name: 'shared/x', body: 'x', mode: 0o640 },
      { name: 'public/', type: '5', mode: 0o700 },
      { name: 'public/x', body: 'x', mode: 0o600 },
      { name: 'read/', type: '5', mode: 0o555 },
      { name: 'read/x', body: 'x', mode: 0o444 },
    ]);
    const mode = (path: string) => (statSync(join(tree, path)).mode & 0o7777).toString(8);
    expect(['su', 'open', 'shared', 'shared/x', 'public', 'public/x', 'read', 'read/x'].map(mode)).toEqual([
      '755',
      '666',
      '777',
      '640',
      '755',
      '600',
      '555',
      '444',
    ]);
    expect(readdirSync(folder).toSorted()).toEqual(['tarball', 'tree']);
    chmodSync(join(tree, 'read'), 0o755);
  });

  it('replaces files and links of the tree, and an empty folder', async () => {
    mkdirSync(join(tree, 'empty'));
    await unpackOver([
      { name: 'outside', body: 'x' },
      { name: 'd', type: '2', link: 'public' },
      { name: 'code/x', body: 'x' },
      { name: 'empty', body: 'x' },
    ]);
    expect(treeAt(tree)).toMatchObject({
      outside: '644 x',
      d: '-> public',
      'code/x': '644 x',
      empty: '644 x',
    });
  });

  it('writes members whose names are not text', async () => {
    await unpackOver([{ name: 'new/\xe9 "x"\n', body: '1' }]);
    expect(readdirSync(join(tree, 'new'), { encoding: 'latin1' })).toEqual(['\xe9 "x"\n']);
  });
});
