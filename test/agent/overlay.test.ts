import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './fixtures/repository.ts';
import { Stage, site } from './fixtures/stage.ts';
import { type Compression, compress, type Forged, forge, overlayOf, pax } from './fixtures/tarball.ts';
import { treeAt } from './fixtures/tree.ts';

describe('an overlay', () => {
  let stage: Stage;
  let repository: Repository;
  let commit: string;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    const overlay = 'optional';
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main', overlay } } });
    commit = repository.commit({
      'public/index.html': 'committed',
      inside: { link: 'public' },
      outside: { link: '/tmp' },
      'a/b/up': { link: '../..' },
      code: 'code',
    });
  });
  afterEach(() => stage.stop());

  /** Deploys the commit with a tarball. */
  async function deploy(body: Buffer, more: object = {}) {
    const overlay = { ...stage.store('overlays/x', body), ...more };
    stage.record(site(commit, { overlay }));
    return await stage.auto();
  }

  describe.each<Compression | 'none'>(['zstd', 'gzip', 'xz', 'bzip2', 'none'])('packed with %s', (by) => {
    it('is unpacked over the tree', async () => {
      const plain = forge([
        { name: './', type: '5', mode: 0o700 },
        { name: './public/', type: '5', mode: 0o700 },
        { name: './public/index.html', body: 'overlay' },
        { name: './public/js/app.js', body: 'app', mode: 0o600 },
        { name: './shared/log', body: 'log', mode: 0o666 },
        { name: './sticky/', type: '5', mode: 0o3777 },
        { name: './bin', body: '#!', mode: 0o4755 },
        { name: './copy', type: '1', link: './bin' },
        { name: './public/js/link', type: '2', link: '../../code' },
      ]);
      const { code, stderr } = await deploy(by === 'none' ? plain : compress(plain, by));
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(treeAt(stage.current())).toMatchObject({
        public: '755 folder',
        'public/index.html': '644 overlay',
        'public/js/app.js': '600 app',
        shared: '755 folder',
        'shared/log': '666 log',
        sticky: '777 folder',
        'public/js/link': '-> ../../code',
        bin: '755 #!',
        copy: '755 #!',
        code: '644 code',
      });
      expect(statSync(`${stage.current()}/`).mode & 0o777).toBe(0o755);
    });
  });

  it('leaves nothing of itself in the next release', async () => {
    for (const n of [1, 2, 3]) {
      commit = repository.commit({ n: `${n}` });
      await deploy(overlayOf({ 'public/index.html': `overlay ${n}`, [`only-in-${n}`]: 'x' }));
    }
    stage.record(site(repository.commit({ n: '4' })));
    expect((await stage.auto()).code).toBe(0);
    expect(treeAt(stage.current())).toEqual({
      a: '755 folder',
      'a/b': '755 folder',
      'a/b/up': '-> ../..',
      code: '644 code',
      inside: '-> public',
      n: '644 4',
      outside: '-> /tmp',
      public: '755 folder',
      'public/index.html': '644 committed',
    });
  });

  it('may write through a link of the commit that stays in the tree', async () => {
    expect((await deploy(overlayOf({ 'inside/new': 'x' }))).code).toBe(0);
    expect(treeAt(stage.current())).toMatchObject({ inside: '-> public', 'public/new': '644 x' });
  });

  it('replaces a link of the commit rather than writing through it', async () => {
    expect((await deploy(overlayOf({ outside: 'x' }))).code).toBe(0);
    expect(treeAt(stage.current())).toMatchObject({ outside: '644 x' });
  });

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
    ['a multi-volume member', [{ name: 'm', type: 'M', body: 'x' }], /not understood|neither file/],
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

  it.each(hostile)('refuses %s', async (_, members, reason) => {
    const good = await deploy(overlayOf({ good: 'x' }));
    expect(good.code).toBe(0);
    const id = stage.currentId();
    const { code, stderr, summary } = await deploy(
      compress(forge([{ name: 'first', body: 'x' }, ...members]), 'zstd'),
    );
    expect({ code, name: summary.error?.name }).toEqual({ code: 5, name: 'InvalidTarball' });
    expect(stderr).toMatch(reason);
    expect(stage.currentId()).toBe(id);
    for (const path of ['/tmp/evil', '/etc/evil', join(stage.root, 'evil')])
      expect(existsSync(path)).toBe(false);
  });

  it('refuses one with another digest', async () => {
    const { code, stderr } = await deploy(overlayOf({ a: 'x' }), { sha256: 'f'.repeat(64) });
    expect(code).toBe(5);
    expect(stderr).toContain(`expected ${'f'.repeat(64)}`);
    expect(stage.releases()).toEqual([]);
  });

  it('refuses one that was cut off', async () => {
    const whole = compress(forge([{ name: 'a', body: 'x'.repeat(100_000) }]), 'gzip');
    expect((await deploy(whole.subarray(0, whole.length - 20))).code).toBe(5);
  });

  it('refuses what is no tarball, and nothing at all', async () => {
    expect((await deploy(Buffer.from('<html>not found</html>'.repeat(100)))).code).toBe(5);
    expect((await deploy(Buffer.alloc(0))).code).toBe(5);
  });

  it('fails with 5 when it is not in the bucket', async () => {
    const { code, stderr } = await deploy(overlayOf({ a: 'x' }), { key: 'overlays/gone' });
    expect(code).toBe(5);
    expect(stderr).toContain('found no s3://store/overlays/gone');
  });

  it('applies the recorded version after the key was written again', async () => {
    const overlay = stage.store('overlays/x', overlayOf({ new: 'first' }));
    stage.store('overlays/x', overlayOf({ new: 'second' }));
    stage.record(site(commit, { overlay }));
    expect((await stage.auto()).code).toBe(0);
    expect(readFileSync(join(stage.current(), 'new'), 'utf8')).toBe('first');
  });

  it('fails with 5 when one is required and none is recorded', async () => {
    const overlay = 'required';
    stage.configure({ repositories: { site: { url: repository.url, branch: 'main', overlay } } });
    stage.record(site(commit));
    expect((await stage.auto()).code).toBe(5);
  });
});

describe('an artifact', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.start();
    stage.configure({ repositories: { tools: { artifact: true } } });
  });
  afterEach(() => stage.stop());

  it('is unpacked into a release of its own, at most three of them', async () => {
    for (const n of [1, 2, 3, 4]) {
      const artifact = stage.store(`tools/${n}.tar.zst`, overlayOf({ 'bin/tool': `${n}` }));
      stage.record({ tools: { artifact } });
      expect((await stage.auto()).stderr).toBe('');
      expect(stage.releases('tools').length).toBeLessThanOrEqual(3);
    }
    expect(treeAt(stage.current('tools'))).toEqual({ bin: '755 folder', 'bin/tool': '644 4' });
    expect((await stage.auto()).summary.result).toBe('unchanged');
  });

  it('fails with 1 when the record names a commit instead', async () => {
    stage.record({ tools: { branch: 'main', commit: 'a'.repeat(40) } });
    const { code, summary } = await stage.auto();
    expect({ code, name: summary.error?.name }).toEqual({ code: 1, name: 'InvalidRecord' });
  });
});
