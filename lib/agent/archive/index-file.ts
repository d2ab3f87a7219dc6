import { createHash } from 'node:crypto';
import { type BigIntStats, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Mode } from './git-objects.ts';

const headerBytes = 12;
const fixedBytes = 62;
const mostNameLength = 0xfff;
const nanoseconds = 1_000_000_000n;

/**
 * Git's index (version 2) of files that were just written, as git itself would have made it: with it, git takes them for
 * unchanged without reading them, and an update brings the folder forward. Entries are kept as the bytes that they will be:
 * objects of thousands of files would be moved about by each collection of garbage.
 */
export class IndexFile {
  readonly #entries: { path: string; from: number; to: number }[] = [];
  #bytes = Buffer.alloc(64 * 1024);
  #length = 0;

  /** Adds a file or link: its path (bytes, as latin1), its blob, and what it is on disk. */
  add(path: string, mode: Mode, id: string, stat: BigIntStats): void {
    const length = fixedBytes + path.length;
    const from = this.#length;
    // At least one NUL ends the name, and the next entry begins at a multiple of eight.
    const to = from + length + 8 - (length % 8);
    this.#growTo(to);
    this.#length = to;
    this.#entries.push({ path, from, to });
    let at = moment(this.#bytes, from, stat.ctimeNs);
    at = moment(this.#bytes, at, stat.mtimeNs);
    at = this.#bytes.writeUInt32BE(lowBits(stat.dev), at);
    at = this.#bytes.writeUInt32BE(lowBits(stat.ino), at);
    at = this.#bytes.writeUInt32BE(Number.parseInt(mode, 8), at);
    for (const number of [stat.uid, stat.gid, stat.size]) at = this.#bytes.writeUInt32BE(lowBits(number), at);
    at += this.#bytes.write(id, at, 'hex');
    at = this.#bytes.writeUInt16BE(Math.min(path.length, mostNameLength), at);
    this.#bytes.write(path, at, 'latin1');
  }

  write(file: string): void {
    const sorted = this.#entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const entries = sorted.map(({ from, to }) => this.#bytes.subarray(from, to));
    const body = Buffer.concat([header(sorted.length), ...entries]);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, Buffer.concat([body, createHash('sha1').update(body).digest()]));
  }

  #growTo(bytes: number): void {
    if (bytes <= this.#bytes.length) return;
    const larger = Buffer.alloc(Math.max(bytes, 2 * this.#bytes.length));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

function header(entries: number): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  bytes.write('DIRC');
  bytes.writeUInt32BE(2, 4);
  bytes.writeUInt32BE(entries, 8);
  return bytes;
}

/** The index holds 32 bits of each number. */
const lowBits = (number: bigint) => Number(BigInt.asUintN(32, number));

/** Seconds and nanoseconds; gives the place behind them. */
function moment(bytes: Buffer, at: number, time: bigint): number {
  const next = bytes.writeUInt32BE(lowBits(time / nanoseconds), at);
  return bytes.writeUInt32BE(Number(time % nanoseconds), next);
}
