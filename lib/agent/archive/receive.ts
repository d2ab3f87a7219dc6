import type { ObjectStream } from '../../aws/objects.ts';
import { limits } from '../tarball/member-check.ts';
import type { ArchiveCheck } from './archive-check.ts';
import type { CommitObject } from './commit-object.ts';
import { decompress } from './decompress.ts';
import { FrameMeter } from './frame-meter.ts';
import { Incoming } from './incoming.ts';
import { Rejection } from './rejection.ts';
import { TarReader } from './tar-reader.ts';

/** A tree may have this many times the size of what came of its archive; real ones have two to ten times. */
const mostGrowth = 100;
/** Archives up to this size are exempt. Bytes. */
const anySize = 256 * 1024 * 1024;

export interface Reception {
  /** Bytes that any archive may unpack to, however small it is. */
  anySize?: number;
  /** Bytes that there is room for. Default: any number. */
  room?: number;
  /** Ends the reception early. */
  stop?: AbortSignal;
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
  const meter = new FrameMeter();
  object.body.on('data', (chunk: Buffer) => meter.add(chunk));
  // The reader decides when it flows.
  object.body.pause();
  const passing = new Passing(check, reception, meter, () => stop.abort());
  const take = (chunk: Buffer) => passing.take(chunk);
  const signal = AbortSignal.any([stop.signal, ...(reception.stop ? [reception.stop] : [])]);
  const complaint = await decompress(incoming.body, take, signal).finally(() => incoming.end());
  passing.throwFailure();
  if (incoming.problem !== undefined) throw new BrokenOff(incoming.problem);
  if (complaint !== undefined) throw new Rejection(`it does not decompress (${complaint})`);
  passing.finish();
  return check.finish();
}

/** Bytes that an archive may unpack to by what came of it. */
export function mostBytes(packedBytes: number, reception: Reception = {}): number {
  return Math.min(limits.bytes, Math.max(reception.anySize ?? anySize, packedBytes * mostGrowth));
}

/** Passes unpacked bytes to the check. */
class Passing {
  readonly #reader: TarReader;
  readonly #reception: Reception;
  readonly #meter: FrameMeter;
  readonly #stop: () => void;
  #bytes = 0;
  #failure: { error: unknown } | undefined;

  constructor(check: ArchiveCheck, reception: Reception, meter: FrameMeter, stop: () => void) {
    this.#reader = new TarReader(check);
    this.#reception = reception;
    this.#meter = meter;
    this.#stop = stop;
  }

  /** Never throws, because nobody could catch it here. */
  take(chunk: Buffer): void {
    if (this.#failure) return;
    try {
      this.#bytes += chunk.length;
      this.#checkSize();
      this.#reader.add(chunk);
    } catch (error) {
      this.#failure = { error };
      this.#stop();
    }
  }

  #checkSize(): void {
    const { room = Number.POSITIVE_INFINITY } = this.#reception;
    const most = mostBytes(this.#meter.bytes, this.#reception);
    if (this.#bytes > most) throw new Rejection(`it unpacks to more than ${most} bytes`);
    if (this.#bytes > room)
      throw new Rejection(`it unpacks to more than ${room} bytes, half of the room on the disk`, false);
  }

  throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }

  finish(): void {
    this.#reader.finish();
  }
}
