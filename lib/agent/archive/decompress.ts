import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { messageOf } from '../../release/errors.ts';
import { firstLine, run } from '../host/run.ts';

/** Packed bytes and unpacked ones of one trip to Node's other threads: waking those up costs more than the work of a few kilobytes. */
const gatheredBytes = 2 * 1024 * 1024;
const chunkSize = 512 * 1024;
/** What may lie decompressed while the main thread is at work. */
const aheadBytes = 8 * chunkSize;
/** Options of the stream besides those of zstd. */
const options: zlib.ZstdOptions & { readableHighWaterMark: number } = {
  chunkSize,
  readableHighWaterMark: aheadBytes,
};
const mostSeconds = 1800;

/** How a decompression is ended early, and what holds the machine's lock meanwhile. */
export interface Decompression {
  stop: AbortSignal;
  lock?: number | undefined;
}

/**
 * Undoes zstd; gives its complaint, or undefined. Node does it beside its main thread, without a hundred megabytes going
 * through pipes. Where it cannot (before 22.15), the program does.
 */
export async function decompress(
  packed: Readable,
  take: (chunk: Buffer) => void,
  { stop, lock }: Decompression,
): Promise<string | undefined> {
  if (!zlib.createZstdDecompress) return await byProgram(packed, take, { stop, lock });
  const sink = new Writable({
    // Not at once: the next chunk is to be decompressed while this one is hashed and written.
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

/** The same bytes in fewer parts. */
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
