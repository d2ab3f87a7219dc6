import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Written } from './tree-writer.ts';

const fixedBytes = 62;
const mostNameLength = 0xfff;

/**
 * Writes git's index (version 2) of files that were just written, as git itself would have: with it, git takes them for
 * unchanged without reading them, and an update brings the folder forward.
 */
export function writeIndex(file: string, written: readonly Written[]): void {
  const sorted = written.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const body = Buffer.concat([header(sorted.length), ...sorted.map(entry)]);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, Buffer.concat([body, createHash('sha1').update(body).digest()]));
}

function header(entries: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.write('DIRC');
  bytes.writeUInt32BE(2, 4);
  bytes.writeUInt32BE(entries, 8);
  return bytes;
}

function entry({ path, mode, id, stat }: Written): Buffer {
  const length = fixedBytes + path.length;
  // At least one NUL ends the name, and the next entry begins at a multiple of eight.
  const bytes = Buffer.alloc(length + 8 - (length % 8));
  const numbers = [
    ...moment(stat.ctimeNs),
    ...moment(stat.mtimeNs),
    stat.dev,
    stat.ino,
    BigInt(Number.parseInt(mode, 8)),
    stat.uid,
    stat.gid,
    stat.size,
  ];
  for (const [position, number] of numbers.entries())
    bytes.writeUInt32BE(Number(BigInt.asUintN(32, number)), position * 4);
  bytes.write(id, 40, 'hex');
  bytes.writeUInt16BE(Math.min(path.length, mostNameLength), 60);
  bytes.write(path, fixedBytes, 'latin1');
  return bytes;
}

/** Seconds and nanoseconds. */
function moment(nanoseconds: bigint): [bigint, bigint] {
  return [nanoseconds / 1_000_000_000n, nanoseconds % 1_000_000_000n];
}
