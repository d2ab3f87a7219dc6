import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { messageOf } from '../../release/errors.ts';

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

/**
 * Decompresses zstd; returns the error message, or undefined. Node does it off its main thread, without a hundred
 * megabytes going through pipes. `stop` ends it early.
 */
export async function decompress(
  packed: Readable,
  take: (chunk: Buffer) => void,
  stop: AbortSignal,
): Promise<string | undefined> {
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
