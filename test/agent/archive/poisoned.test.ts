import { renameSync } from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { ArchiveCheck } from '../../../lib/agent/archive/archive-check.ts';
import { mostBytes, receive } from '../../../lib/agent/archive/receive.ts';
import { Rejection } from '../../../lib/agent/archive/rejection.ts';
import { archiveKey, archiveOf, membersOf, packed } from '../../support/agent/archive.ts';
import { objectOf } from '../../support/agent/object.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { Stage, site } from '../../support/agent/stage.ts';
import { compress, type Forged, forge, pax } from '../../support/agent/tarball.ts';
import { treeAt } from '../../support/agent/tree.ts';
import { sample } from '../../support/suite/sample.ts';

const files = {
  'a.txt': 'one\n',
  'lib/b.txt': 'two\n',
  run: { script: '#!/bin/sh\n' },
  way: { link: 'a.txt' },
};

/** A frame that decompressors skip. */
function skippable(bytes: number): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x184d2a50);
  head.writeUInt32LE(bytes, 4);
  return Buffer.concat([head, Buffer.alloc(bytes, 'x')]);
}

/** A frame that begins with empty blocks. */
function withEmptyBlocks(plain: Buffer, blocks: number): Buffer {
  const { ZSTD_c_contentSizeFlag: contentSize } = zlib.constants;
  const frame = zlib.zstdCompressSync(plain, { params: { [contentSize]: 0 } });
  const headerBytes = 6;
  return Buffer.concat([
    frame.subarray(0, headerBytes),
    Buffer.alloc(3 * blocks),
    frame.subarray(headerBytes),
  ]);
}

/** What a bomb has to be larger than here. */
const anySize = 64 * 1024;

describe('how much an archive may unpack to', () => {
  it('is 256 MiB however small it is, a hundred times its size, and never more than 16 GiB', () => {
    expect([0, 1, 3, 1024].map((mebibytes) => mostBytes(mebibytes * 1024 ** 2) / 1024 ** 2)).toEqual([
      256,
      256,
      300,
      16 * 1024,
    ]);
  });
});

describe('a poisoned archive', () => {
  let stage: Stage;
  let repository: Repository;
  let commit: string;
  let members: Forged[];

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main' } } });
    commit = repository.commit(files);
    stage.record(site(commit));
    members = membersOf(repository, commit);
  });
  afterEach(() => stage.stop());

  const named = (name: string) => members.findIndex((member) => member.name === name);
  const edited = (name: string, more: Partial<Forged>) =>
    packed(members.map((member) => (member.name === name ? { ...member, ...more } : member)));
  const with_ = (...more: Forged[]) => packed([...members, ...more]);

  const expected = {
    'a.txt': '644 one\n',
    lib: '755 folder',
    'lib/b.txt': '644 two\n',
    run: '755 #!/bin/sh\n',
    way: '-> a.txt',
  };

  it('is told from a good one: unchanged, the same members serve', async () => {
    stage.store(archiveKey(commit), packed(members));
    const { summary, events } = await stage.auto();
    expect(summary.phases.map(({ name }) => name)).toEqual(['read record', 'archive', 'switch']);
    expect(events).toContainEqual(expect.objectContaining({ event: 'archive', result: 'taken' }));
    expect(treeAt(stage.current())).toEqual(expected);
  });

  const poisons: [string, () => Buffer | Promise<Buffer>, RegExp][] = [
    ['a changed file', () => edited('tree/a.txt', { body: 'owned\n' }), /files hash to tree/],
    ['an added file', () => with_({ name: 'tree/z.txt', body: 'z' }), /files hash to tree/],
    ['an added empty folder', () => with_({ name: 'tree/z/', type: '5' }), /files hash to tree/],
    ['a removed file', () => packed(members.toSpliced(named('tree/a.txt'), 1)), /files hash to tree/],
    ['a changed mode', () => edited('tree/a.txt', { mode: 0o755 }), /files hash to tree/],
    [
      'a symlink for a file',
      () => edited('tree/a.txt', { type: '2', link: '/etc/passwd', body: '' }),
      /hash to tree/,
    ],
    [
      'a file for a symlink',
      () => edited('tree/way', { type: '0', link: '', body: 'a.txt' }),
      /hash to tree/,
    ],
    ['a symlink that leads elsewhere', () => edited('tree/way', { link: '/etc/passwd' }), /hash to tree/],
    ['another commit object', () => edited('commit', { body: 'tree 0\n\nx' }), /holds commit/],
    ['no commit object', () => packed(members.slice(1)), /first member is "tree/],
    ['a second commit object', () => with_({ ...members[0], name: 'commit' }), /not a path inside the tree/],
    ['a file twice', () => with_({ name: 'tree/a.txt', body: 'owned' }), /appears twice/],
    ['a name with ..', () => with_({ name: 'tree/../../escape', body: 'x' }), /not a path inside the tree/],
    ['an absolute name', () => with_({ name: '/tmp/escape', body: 'x' }), /not a path inside the tree/],
    [
      'a long name with ..',
      () => with_(pax({ path: 'tree/../../escape' }), { name: 'x' }),
      /not a path inside the tree/,
    ],
    ['a folder of git', () => with_({ name: 'tree/.GIT/', type: '5' }), /not a path inside the tree/],
    [
      'a way through a link',
      () => with_({ name: 'tree/out', type: '2', link: '/tmp' }, { name: 'tree/out/escape', body: 'x' }),
      /outside of any folder/,
    ],
    ['a hard link', () => with_({ name: 'tree/h', type: '1', link: '/etc/passwd' }), /neither file/],
    ['a device', () => with_({ name: 'tree/d', type: '3' }), /neither file/],
    ['a link to nowhere', () => with_({ name: 'tree/l', type: '2' }), /leads nowhere/],
    ['a body where none belongs', () => with_({ name: 'tree/l/', type: '5', body: 'x' }), /has a body/],
    [
      'members behind its end',
      () => compress(Buffer.concat([forge(members), forge([{ name: 'tree/z', body: 'z' }])]), 'zstd'),
      /has bytes after its end/,
    ],
    ['nothing in it', () => compress(Buffer.alloc(0), 'zstd'), /ends in the middle/],
    ['a bomb of one file', () => edited('tree/a.txt', { body: '\0'.repeat(2 * anySize) }), /unpacks to more/],
    [
      'a bomb behind its end',
      () => compress(Buffer.concat([forge(members), Buffer.alloc(2 * anySize)]), 'zstd'),
      /unpacks to more/,
    ],
    [
      'a bomb before bytes that are skipped',
      () => Buffer.concat([edited('tree/a.txt', { body: '\0'.repeat(2 * anySize) }), skippable(anySize)]),
      /unpacks to more/,
    ],
    [
      'a bomb behind blocks of nothing',
      () => withEmptyBlocks(Buffer.concat([forge(members), Buffer.alloc(2 * anySize)]), anySize),
      /unpacks to more/,
    ],
    ['a plain tarball', () => forge(members), /does not decompress/],
    [
      'a damaged packing',
      async () => {
        const good = Buffer.from(await archiveOf(repository, commit));
        return good.fill(0x55, good.length >> 1, (good.length >> 1) + 8);
      },
      /does not decompress|not a tarball|hash to tree/,
    ],
    [
      'a truncated packing',
      async () => (await archiveOf(repository, commit)).subarray(0, -40),
      /does not decompress/,
    ],
    [
      'a truncated tarball',
      () => compress(forge(members).subarray(0, -2048), 'zstd'),
      /in the middle|hash to tree/,
    ],
  ];

  it.each(poisons)('with %s is refused as it comes in', async (_, poison, problem) => {
    const packed = await poison();
    const received = receive(objectOf(packed), new ArchiveCheck(commit), { anySize });
    await expect(received).rejects.toThrow(problem);
    await expect(received).rejects.toBeInstanceOf(Rejection);
  });

  /** The bombs are none with the limit of a real launch. */
  const noBombs = poisons.filter(([name]) => !name.startsWith('a bomb'));
  it.each(sample(noBombs, 1 / 12))(
    'with %s is found and reported, and git is used',
    async (_, poison, problem) => {
      stage.store(archiveKey(commit), await poison());
      const { code, events, stderr } = await stage.auto();
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const warnings = events.filter(({ event }) => event === 'warning');
      expect(warnings).toMatchObject([{ repository: 'site', message: expect.stringMatching(problem) }]);
      expect(warnings[0]?.message).toMatch(
        /^archive s3:\/\/store\/archives\/web\/site\/.* is damaged or forged: /,
      );
      expect(treeAt(stage.current())).toEqual(expected);
    },
  );

  it("that is another commit's good archive is found", async () => {
    const other = repository.commit({ 'a.txt': 'older, with a hole in it\n' });
    stage.store(archiveKey(commit), await archiveOf(repository, other));
    const { code, events } = await stage.auto();
    expect(code).toBe(0);
    expect(JSON.stringify(events)).toContain(`it holds commit ${other}`);
    expect(treeAt(stage.current())).toEqual(expected);
  });

  it('fails the launch, with both reasons, when git is gone too', async () => {
    stage.store(archiveKey(commit), edited('tree/a.txt', { body: 'owned\n' }));
    renameSync(repository.path, join(stage.folder, 'away'));
    const { code, stderr, summary } = await stage.auto();
    expect({ code, name: summary.error?.name }).toEqual({ code: 1, name: 'GitFailed' });
    expect(stderr).toMatch(
      /^repository site: git .*; archive s3:\/\/.* is damaged or forged: .*delete it\n$/,
    );
    expect(stage.releases()).toEqual([]);
  });
});
