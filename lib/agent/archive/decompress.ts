import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { messageOf } from '../../release/errors.ts';
import { firstLine, run } from '../host/run.ts';

/**
 * Bytes for one trip to Node's other threads, packed or unpacked: waking those costs more than a few kilobytes of
 * work.
 */
const gatheredBytes = 2 * 1024 * 1024;
const chunkSize = 512 * 1024;
/** Bytes that may wait decompressed while the main thread is busy. */
const aheadBytes = 8 * chunkSize;
/** Stream options besides those of zstd. */
const options: zlib.ZstdOptions & { readableHighWaterMark: number } = {
  chunkSize,
  readableHighWaterMark: aheadBytes,
};
const mostSeconds = 1800;

/** A way to end a decompression early, and the descriptor of the machine's lock. */
export interface Decompression {
  stop: AbortSignal;
  lock?: number | undefined;
}

/**
 * Decompresses zstd; returns the error message, or undefined. Node does it off its main thread, without a hundred
 * megabytes going through pipes. Node before 22.15 cannot: there the program does.
 */
export async function decompress(
  packed: Readable,
  take: (chunk: Buffer) => void,
  { stop, lock }: Decompression,
): Promise<string | undefined> {
  if (!zlib.createZstdDecompress) return await byProgram(packed, take, { stop, lock });
  const sink = new Writable({
    // Deferred, so that the next chunk is decompressed while this one is hashed and written.
    write(chunk: Buffer, _, done) {
      setImmediate(() => {
        take(chunk);
        done();
      });
    },
  });
  return await pipeline(packed, gatherChunks, zlib.createZstdDecompress(options), sink, {
    signal: stop,
  }).then(
    () => undefined,
    (error: unknown) => messageOf(error),
  );
}

/** The same bytes in fewer chunks. */
async function* gatherChunks(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of packed) {
    parts.push(part);
    bytes += part.length;
    if (bytes < gatheredBytes) continue;
    yield Buffer.concat(parts);
    [parts, bytes] = [[], 0];
  }
  yield Buffer.concat(parts);
}

/** The same with the program `zstd`. */
export async function byProgram(
  packed: Readable,
  take: (chunk: Buffer) => void,
  { stop, lock }: Decompression,
): Promise<string | undefined> {
  const ran = await run('zstd', ['-dcq'], {
    env: { PATH: process.env.PATH },
    seconds: mostSeconds,
    feed: (stdin) => pipeline(packed, stdin, { signal: stop }).catch(() => undefined),
    onOutput: take,
    stop,
    ...(lock === undefined ? {} : { lock }),
  });
  return ran.code === 0 ? undefined : firstLine(ran.stderr) || `exit code ${ran.code}`;
}
