import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { HoldfastError, messageOf, nameOf } from '../../release/errors.ts';

/** Words of Node, the C library, GNU tar and git for "no room to write". */
const complaint =
  /ENOSPC|EDQUOT|EFBIG|No space left on device|Disk quota exceeded|File too large|Wrote only \d+ of \d+ bytes|File size limit exceeded|SIGXFSZ/;
/** The system's words for an unwritable folder, with the remedy. */
const refusals: [RegExp, string][] = [
  [/\b(EROFS|EACCES|EPERM)\b/, 'to be writable; mount it for writing, or correct its owner and mode'],
  [/\bEXDEV\b/, 'to be one file system; mount nothing below it'],
];

/** Less free space than this means a full disk, whatever a command wanted to write. */
const hardlyBytes = 1024 * 1024;
const hardlyFiles = 16;

/** Free space of a file system. */
export interface Room {
  bytes: number;
  totalBytes: number;
  /** Number of files that can be created; undefined where there is no limit. */
  files?: number;
}

/** Free space where a path is, or would be. */
export function roomAt(path: string): Room {
  if (!existsSync(path) && dirname(path) !== path) return roomAt(dirname(path));
  const { bavail, bsize, blocks, files, ffree } = statfsSync(path);
  return { bytes: bavail * bsize, totalBytes: blocks * bsize, ...(files > 0 ? { files: ffree } : {}) };
}

/** The line that complains of a full disk, or undefined. */
export function roomComplaint(text: string): string | undefined {
  return text
    .split('\n')
    .find((line) => complaint.test(line))
    ?.trim();
}

/** The error for a full disk, quota or limit. `needed` is in bytes. */
export function diskFull(what: string, path: string, needed?: number): HoldfastError {
  const needs = needed === undefined ? '' : `, ${formatBytes(needed)} are needed`;
  return new HoldfastError(
    'DiskFull',
    `${what}: ${describeRoom(path)}${needs}; make room or enlarge the disk, then deploy again`,
  );
}

/** Hint for another error when the disk is nearly full, as the likely cause. */
export function hintOfRoom(path: string): string {
  const { bytes, files } = roomAt(path);
  const isFull = bytes < hardlyBytes || (files !== undefined && files < hardlyFiles);
  return isFull ? `; the disk is full: ${describeRoom(path)}` : '';
}

/** Explains a full or unwritable disk to the person on call. Other errors stay as they are. */
export function explainFullDisk(error: unknown, root: string): unknown {
  const message = messageOf(error);
  if (nameOf(error, 'BootstrapFailed') !== 'BootstrapFailed') return error;
  if (complaint.test(message)) return diskFull(message, root);
  const [, expected] = refusals.find(([refusal]) => refusal.test(message)) ?? [];
  if (expected === undefined) return error;
  return new HoldfastError('BootstrapFailed', `${message}: expected ${root} ${expected}`, {
    cause: error,
  });
}

function describeRoom(path: string): string {
  const { bytes, totalBytes, files } = roomAt(path);
  const inodes = files === undefined || files >= hardlyFiles ? '' : ` and ${files} files`;
  return `${formatBytes(bytes)} of ${formatBytes(totalBytes)}${inodes} free for ${path}`;
}

function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = bytes > 0 ? Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10)) : 0;
  return `${Number((bytes / 1024 ** step).toFixed(1))} ${units[step]}`;
}
