import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
    ['a file through a link of the commit', [{ name: 'outside/evil', body: 'x' }], /out of the tree/],
    ['a folder through a link of the commit', [{ name: 'outside/', type: '5' }], /out of the tree/],
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

  it('writes members whose names are not text', async () => {
    await unpackOver([{ name: 'new/\xe9 "x"\n', body: '1' }]);
    expect(readdirSync(join(tree, 'new'), { encoding: 'latin1' })).toEqual(['\xe9 "x"\n']);
  });
});
