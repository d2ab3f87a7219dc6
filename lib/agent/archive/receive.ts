import type { ObjectStream } from '../../aws/objects.ts';
import { limits } from '../tarball/member-check.ts';
import type { ArchiveCheck } from './archive-check.ts';
import type { CommitObject } from './commit-object.ts';
import { decompress } from './decompress.ts';
import { Incoming } from './incoming.ts';
import { Rejection } from './rejection.ts';
import { TarReader } from './tar-reader.ts';

/** A tree may have this many times the size of its archive; real ones have two to ten times. */
const mostGrowth = 100;
/** Archives up to this size are exempt. Bytes. */
const anySize = 256 * 1024 * 1024;

export interface Reception {
  /** Bytes that any archive may unpack to, however small it is. */
  anySize?: number;
}

/** The download was cut off, which says nothing about the archive. */
export class BrokenOff extends Error {}

/**
 * Checks an archive while it downloads, and stops at the first problem. Throws a Rejection, BrokenOff, or the
 * writer's error.
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
  const complaint = await decompress(incoming.body, take, stop.signal).finally(() => incoming.end());
  passing.throwFailure();
  if (incoming.problem !== undefined) throw new BrokenOff(incoming.problem);
  if (complaint !== undefined) throw new Rejection(`it does not decompress (${complaint})`);
  passing.finish();
  return check.finish();
}

/** Bytes that an archive may unpack to. */
export function mostBytes(packedBytes: number, reception: Reception = {}): number {
  return Math.min(limits.bytes, Math.max(reception.anySize ?? anySize, packedBytes * mostGrowth));
}

/** Passes unpacked bytes to the check. */
class Passing {
  readonly #reader: TarReader;
  readonly #most: number;
  readonly #stop: () => void;
  #bytes = 0;
  #failure: { error: unknown } | undefined;

  constructor(check: ArchiveCheck, most: number, stop: () => void) {
    this.#reader = new TarReader(check);
    this.#most = most;
    this.#stop = stop;
  }

  /** Never throws, because nobody could catch it here. */
  take(chunk: Buffer): void {
    if (this.#failure) return;
    try {
      this.#bytes += chunk.length;
      if (this.#bytes > this.#most) throw new Rejection(`it unpacks to more than ${this.#most} bytes`);
      this.#reader.add(chunk);
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
