import type { ObjectStream } from '../../aws/objects.ts';
import { collectGarbageEvery } from '../host/gc.ts';
import { limits } from '../tarball/member-check.ts';
import type { ArchiveCheck } from './archive-check.ts';
import type { CommitObject } from './commit-object.ts';
import { decompress } from './decompress.ts';
import { Incoming } from './incoming.ts';
import { Rejection } from './rejection.ts';
import { TarReader } from './tar-reader.ts';

/** A tree takes at most this many times what it takes packed; real ones take two to ten times. */
const mostGrowth = 100;
/** Unless it is small. Bytes. */
const anySize = 256 * 1024 * 1024;

export interface Reception {
  /** Holds the machine's lock meanwhile. */
  lock?: number | undefined;
  /** An archive may unpack to this many bytes, however small it is packed. */
  anySize?: number;
}

/** The download broke off: that says nothing about the archive. */
export class BrokenOff extends Error {}

/**
 * Lets an archive pass a check while it comes in, and ends at the first thing that is wrong. Throws a Refusal, BrokenOff,
 * or what stopped the writer.
 */
export async function receive(
  object: ObjectStream,
  check: ArchiveCheck,
  reception: Reception = {},
): Promise<CommitObject> {
  const stop = new AbortController();
  const incoming = new Incoming(object);
  const passing = new Passing(check, mostBytes(object.size, reception), () => stop.abort());
  const take = (chunk: Buffer) => passing.take(chunk);
  const complaint = await decompress(incoming.body, take, {
    stop: stop.signal,
    lock: reception.lock,
  }).finally(() => incoming.end());
  passing.throwFailure();
  if (incoming.problem !== undefined) throw new BrokenOff(incoming.problem);
  if (complaint !== undefined) throw new Rejection(`it does not decompress (${complaint})`);
  passing.finish();
  return check.finish();
}

/** How much an archive may unpack to. */
export function mostBytes(packedBytes: number, reception: Reception = {}): number {
  return Math.min(limits.bytes, Math.max(reception.anySize ?? anySize, packedBytes * mostGrowth));
}

/** What is unpacked, on its way into the check. */
class Passing {
  readonly #reader: TarReader;
  readonly #most: number;
  readonly #stop: () => void;
  readonly #passed = collectGarbageEvery();
  #bytes = 0;
  #failure: { error: unknown } | undefined;

  constructor(check: ArchiveCheck, most: number, stop: () => void) {
    this.#reader = new TarReader(check);
    this.#most = most;
    this.#stop = stop;
  }

  /** Never throws: it is called where nobody would catch. */
  take(chunk: Buffer): void {
    if (this.#failure) return;
    try {
      this.#bytes += chunk.length;
      if (this.#bytes > this.#most) throw new Rejection(`it unpacks to more than ${this.#most} bytes`);
      this.#reader.add(chunk);
      this.#passed(chunk.length);
    } catch (error) {
      this.#failure = { error };
      this.#stop();
    }
  }

  throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }

  finish(): void {
    this.#reader.finish();
  }
}
