import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { formatOf } from '../../../lib/agent/tarball/compression.ts';
import { download } from '../../../lib/agent/tarball/tarball.ts';
import { unpack } from '../../../lib/agent/tarball/unpack.ts';
import { compress, forge, overlayOf } from '../../support/agent/tarball.ts';
import { treeAt } from '../../support/agent/tree.ts';

describe('download', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-tarball-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  const inParts = (bytes: Buffer, size: number) =>
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
      bytes.subarray(n * size, (n + 1) * size),
    );
  const fetch = (parts: Iterable<Buffer>, sha256?: string) => {
    const body = Readable.from(parts);
    const object = { key: 'k', etag: 'e', version: 'v', size: 0, body };
    return download('overlay', object, join(folder, 'tarball'), sha256);
  };

  it('gives the bytes, their digest and the members, in whatever parts they come', async () => {
    const bytes = overlayOf({ 'a/b': randomBytes(50_000).toString('hex'), c: 'x' });
    for (const size of [1_000_000, 7_001, 3]) {
      const found = await fetch(inParts(size === 3 ? overlayOf({ c: 'x' }) : bytes, size));
      expect(readFileSync(found.file).length).toBe(size === 3 ? overlayOf({ c: 'x' }).length : bytes.length);
      expect(found).toMatchObject({ sha256: digest(readFileSync(found.file)), version: 'v' });
    }
  });

  it('refuses another digest than the expected one', async () => {
    await expect(fetch([overlayOf({ a: 'x' })], 'f'.repeat(64))).rejects.toMatchObject({
      name: 'InvalidTarball',
      message: expect.stringContaining('overlay: found sha256'),
    });
  });

  it('fails with another name when the connection breaks, so that it can be tried again', async () => {
    function* broken() {
      yield overlayOf({ a: 'x' });
      throw new Error('reset');
    }
    await expect(fetch(broken())).rejects.toMatchObject({
      name: 'AwsFailed',
      message: 'overlay: the download was cut off (reset)',
    });
  });

  it('is judged by all of its bytes, also when tar reads none of the last', async () => {
    const parts = [
      forge([{ name: 'a', body: 'x' }]),
      ...Array.from({ length: 40 }, () => Buffer.alloc(65_536)),
    ];
    const found = await fetch(parts, digest(Buffer.concat(parts)));
    expect(readFileSync(found.file).length).toBe(Buffer.concat(parts).length);
    const damaged = [Buffer.from('no tarball'), ...parts];
    await expect(fetch(damaged, digest(Buffer.concat(damaged)))).rejects.toThrow('overlay: it is damaged');
  });

  it('stops reading a hostile one', async () => {
    const hostile = compress(
      forge([
        { name: '/etc/evil' },
        ...Array.from({ length: 4000 }, (_, n) => ({
          name: `f${n}`,
          body: randomBytes(4000).toString('hex'),
        })),
      ]),
      'zstd',
    );
    let read = 0;
    function* counted() {
      for (const part of inParts(hostile, 65_536)) {
        read += part.length;
        yield part;
      }
    }
    await expect(fetch(counted(), digest(hostile))).rejects.toMatchObject({ name: 'InvalidTarball' });
    expect(read).toBeLessThan(hostile.length);
  });

  it.each(['zstd', 'gzip'] as const)('does without the program %s', async (by) => {
    const path = process.env.PATH;
    try {
      const bytes = compress(forge([{ name: 'a', body: 'x'.repeat(300_000) }]), by);
      const bin = join(folder, 'bin');
      const { mkdirSync, symlinkSync } = await import('node:fs');
      mkdirSync(bin);
      for (const name of ['bash', 'tar']) symlinkSync(`/bin/${name}`, join(bin, name));
      process.env.PATH = bin;
      expect(formatOf(bytes).decode).toBeDefined();
      const found = await fetch(inParts(bytes, 100), digest(bytes));
      await unpack('overlay', found, join(folder, 'tree'));
      expect(treeAt(join(folder, 'tree'))).toEqual({ a: `644 ${'x'.repeat(300_000)}` });
      await expect(fetch(inParts(bytes.subarray(0, bytes.length - 30), 100))).rejects.toMatchObject({
        name: 'InvalidTarball',
      });
    } finally {
      process.env.PATH = path;
    }
  });
});
