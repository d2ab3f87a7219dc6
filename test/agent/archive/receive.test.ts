import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ArchiveCheck } from '../../../lib/agent/archive/archive-check.ts';
import { decompress } from '../../../lib/agent/archive/decompress.ts';
import { BrokenOff, receive } from '../../../lib/agent/archive/receive.ts';
import { archiveOf } from '../../support/agent/archive.ts';
import { objectOf } from '../../support/agent/object.ts';
import { Repository } from '../../support/agent/repository.ts';
import { compress } from '../../support/agent/tarball.ts';

describe('an archive on its way in', () => {
  let folder: string;
  let commit: string;
  let archive: Buffer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-receive-'));
    const repository = new Repository(join(folder, 'repository'));
    commit = repository.commit({ a: randomBytes(100_000).toString('hex') }, 'Say hello');
    archive = await archiveOf(repository, commit);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const check = () => new ArchiveCheck(commit);

  it('is the commit when all hashes say so', async () => {
    const { info } = await receive(objectOf(archive), check());
    expect(info.subject).toBe('Say hello');
  });

  it('is broken off when less comes than was said, and that is not held against it', async () => {
    const cut = objectOf(archive.subarray(0, 50_000), archive.length);
    await expect(receive(cut, check())).rejects.toThrow(BrokenOff);
    await expect(receive(objectOf(archive.subarray(0, 0), archive.length), check())).rejects.toThrow(
      `only 0 of ${archive.length} bytes arrived`,
    );
  });

  it('is refused without suspicion when it would fill the disk', async () => {
    const received = receive(objectOf(archive), check(), { room: 50_000 });
    await expect(received).rejects.toMatchObject({
      message: 'it unpacks to more than 50000 bytes, half of the room on the disk',
      isSuspect: false,
    });
  });

  it('ends when it is told to', async () => {
    const stop = AbortSignal.abort();
    await expect(receive(objectOf(archive), check(), { stop })).rejects.toThrow();
  });

  it('is broken off when the connection breaks', async () => {
    const body = Readable.from(
      (async function* () {
        yield archive.subarray(0, 20_000);
        throw new Error('connection reset');
      })(),
      { objectMode: false },
    );
    await expect(receive({ ...objectOf(archive), body }, check())).rejects.toThrow('connection reset');
  });

  it('is refused at the first thing that is wrong: the rest of it is not read', async () => {
    let read = 0;
    const part = compress(randomBytes(100_000), 'zstd');
    const endless = Readable.from(
      (async function* () {
        for (;;) {
          read += 1;
          yield part;
        }
      })(),
      { objectMode: false },
    );
    const object = { ...objectOf(archive), size: Number.MAX_SAFE_INTEGER, body: endless };
    await expect(receive(object, check())).rejects.toThrow('not a tarball');
    expect(read).toBeLessThan(100);
    expect(endless.destroyed).toBe(true);
  });

  describe('decompressed', () => {
    const unpack = async (packed: Buffer, stop = new AbortController()) => {
      const parts: Buffer[] = [];
      const take = (part: Buffer) => parts.push(Buffer.from(part));
      const complaint = await decompress(objectOf(packed).body, take, stop.signal);
      return { complaint, bytes: Buffer.concat(parts) };
    };
    const text = randomBytes(300_000);

    it('gives all bytes', async () => {
      const { complaint, bytes } = await unpack(compress(text, 'zstd'));
      expect(complaint).toBeUndefined();
      expect(bytes.equals(text)).toBe(true);
    });

    it.each<[string, Buffer]>([
      ['cut off', compress(text, 'zstd').subarray(0, -10)],
      ['not zstd', Buffer.from('plain text, longer than any header of it')],
    ])('complains of what is %s', async (_problem, packed) => {
      expect((await unpack(packed)).complaint).toEqual(expect.stringMatching(/./));
    });

    it('ends when it is told to', async () => {
      const stop = new AbortController();
      const endless = new Readable({ read: () => undefined });
      endless.push(compress(randomBytes(4 * 1024 * 1024), 'zstd'));
      const ended = decompress(endless, () => stop.abort(), stop.signal);
      expect(await ended).toEqual(expect.stringMatching(/./));
    });
  });
});
