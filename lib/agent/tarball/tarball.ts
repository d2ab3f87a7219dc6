import { createHash, type Hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ObjectStream } from '../../aws/objects.ts';
import { HoldfastError, messageOf } from '../../release/errors.ts';
import { diskFull, roomComplaint } from '../host/space.ts';
import { formatOf, magicBytes, type TarballFormat } from './compression.ts';
import { list } from './listing.ts';
import { MemberCheck } from './member-check.ts';

/** A downloaded tarball whose members were checked. */
export interface Download {
  file: string;
  format: TarballFormat;
  sha256: string;
  /** S3 version id. */
  version: string;
  check: MemberCheck;
}

/** Bytes that may wait for tar, since tar and the network have different speeds. */
const aheadBytes = 1024 * 1024;

/** The error for a missing, damaged or hostile tarball. */
export function invalidTarball(what: string, problem: string): HoldfastError {
  return new HoldfastError('InvalidTarball', `${what}: ${problem}; upload a good one, or deploy without it`);
}

/**
 * Streams an object to a file while hashing its bytes and checking its members. Memory stays flat whatever the size,
 * and nothing is unpacked yet. Refuses an object with another digest than expected.
 */
export async function download(
  what: string,
  object: ObjectStream,
  file: string,
  expected: string | undefined,
  lock?: number,
): Promise<Download> {
  const hash = createHash('sha256');
  const check = new MemberCheck();
  let interruption: unknown;
  const { format, chunks } = await openSinks(what, object);
  const handle = await open(file, 'w', 0o600);
  let copied = Promise.resolve();
  const interrupt = (error: unknown) => {
    interruption ??= error;
  };
  const feed = (stdin: Writable) => {
    copied = copy(chunks, { hash, handle, stdin, check, format }).catch(interrupt);
    return copied;
  };
  const problem = await list(format, check, feed, lock).catch((error: unknown) => {
    interrupt(error);
    object.body.destroy();
    return undefined;
  });
  // tar may end before the last byte came, and then the digest is not known yet.
  await copied.finally(() => handle.close());
  if (roomComplaint(messageOf(interruption)))
    throw diskFull(`${what}: ${messageOf(interruption)}`, file, object.size);
  if (interruption) throw downloadBrokenOff(what, interruption);
  const sha256 = hash.digest('hex');
  if (!check.complaint && expected !== undefined && sha256 !== expected)
    throw invalidTarball(what, `found sha256 ${sha256}, expected ${expected}`);
  if (problem) throw invalidTarball(what, problem);
  return { file, format, sha256, version: object.version, check };
}

interface Sinks {
  hash: Hash;
  handle: FileHandle;
  /** Stdin of tar. */
  stdin: Writable;
  check: MemberCheck;
  format: TarballFormat;
}

async function copy(
  chunks: AsyncIterable<Buffer>,
  { hash, handle, stdin, check, format }: Sinks,
): Promise<void> {
  const decoder = format.decode?.();
  // Undecodable input ends early, and tar reports it.
  const decoded = decoder && pipeline(decoder, stdin).catch(() => undefined);
  const sink = decoder ?? stdin;
  for await (const chunk of chunks) {
    // The tarball is hostile: its remaining content is not worth the time.
    if (check.complaint) break;
    // Writes everything: a plain write on a nearly full disk would silently write a part.
    writeFileSync(handle.fd, chunk);
    hash.update(chunk);
    if (sink.writable) sink.write(chunk);
    if (sink.writableLength > aheadBytes) await waitForDrain(sink);
  }
  decoder?.end();
  await decoded;
}

/** Waits until the sink has room again, or is no longer read. */
function waitForDrain(sink: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      sink.off('drain', done).off('close', done);
      resolve();
    };
    sink.on('drain', done).on('close', done);
    if (sink.destroyed) done();
  });
}

/** Reads enough to identify the format, and passes all of it on. */
async function openSinks(
  what: string,
  { body }: ObjectStream,
): Promise<{ format: TarballFormat; chunks: AsyncIterable<Buffer> }> {
  const source: AsyncIterator<Buffer> = body[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  try {
    while (start.length < magicBytes) {
      const next = await source.next();
      if (next.done) break;
      start = Buffer.concat([start, next.value]);
    }
  } catch (error) {
    throw downloadBrokenOff(what, error);
  }
  return { format: formatOf(start), chunks: chainChunks(start, source) };
}

async function* chainChunks(start: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield start;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

function downloadBrokenOff(what: string, cause: unknown): HoldfastError {
  return new HoldfastError('AwsFailed', `${what}: the download was cut off (${messageOf(cause)})`, { cause });
}
