import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../../support/agent/repository.ts';
import { Stage, site } from '../../support/agent/stage.ts';
import { compress, forge, overlayOf, programOf } from '../../support/agent/tarball.ts';
import { treeAt } from '../../support/agent/tree.ts';
import { itWith } from '../../support/suite/programs.ts';

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

  for (const by of ['zstd', 'gzip', 'xz', 'bzip2', 'none'] as const)
    itWith(programOf(by), `packed with ${by} is unpacked over the tree`, async () => {
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

  it('writes through no link of the commit, wherever that leads', async () => {
    const { code, stderr } = await deploy(overlayOf({ 'inside/new': 'x' }));
    expect({ code, stderr }).toEqual({
      code: 5,
      stderr: expect.stringContaining('"inside" goes through a link of the commit'),
    });
  });

  it('replaces a link of the commit rather than writing through it', async () => {
    expect((await deploy(overlayOf({ outside: 'x' }))).code).toBe(0);
    expect(treeAt(stage.current())).toMatchObject({ outside: '644 x' });
  });

  it('that is hostile changes nothing: what runs goes on', async () => {
    expect((await deploy(overlayOf({ good: 'x' }))).code).toBe(0);
    const id = stage.currentId();
    const evil = compress(
      forge([
        { name: 'first', body: 'x' },
        { name: 'outside/evil', body: 'x' },
      ]),
      'zstd',
    );
    const { code, stderr, summary } = await deploy(evil);
    expect({ code, name: summary.error?.name }).toEqual({ code: 5, name: 'InvalidTarball' });
    expect(stderr).toContain('"outside" goes through a link of the commit');
    expect(stage.currentId()).toBe(id);
    expect(existsSync('/tmp/evil')).toBe(false);
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
