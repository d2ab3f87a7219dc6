import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  diskFull,
  explainFullDisk,
  hintOfRoom,
  roomAt,
  roomComplaint,
} from '../../../lib/agent/host/space.ts';
import { HoldfastError } from '../../../lib/release/errors.ts';

it.each([
  [
    'fatal: write error: No space left on device\nfatal: index-pack failed\n',
    'fatal: write error: No space left on device',
  ],
  ['tar: a: Wrote only 2560 of 10240 bytes\ntar: Exiting', 'tar: a: Wrote only 2560 of 10240 bytes'],
  ['ENOSPC: no space left on device, write', 'ENOSPC: no space left on device, write'],
  ['a\n  x: Disk quota exceeded \nb', 'x: Disk quota exceeded'],
  ['fatal: early EOF', undefined],
  ['', undefined],
])('finds in %j the line that complains of no room', (text, line) => {
  expect(roomComplaint(text)).toBe(line);
});

it('knows the room of a folder that is not there yet', () => {
  const { bytes, totalBytes } = roomAt(join(tmpdir(), 'not', 'there', 'yet'));
  expect(totalBytes).toBeGreaterThanOrEqual(bytes);
  expect(totalBytes).toBe(roomAt(tmpdir()).totalBytes);
});

it('says how much is free, and how much is needed', () => {
  expect(diskFull('git fetch', tmpdir(), 3 * 1024 ** 3).message).toMatch(
    /^git fetch: [\d.]+ \w?i?B of [\d.]+ \w?i?B free for .*, 3 GiB are needed; make room or enlarge the disk, then deploy again$/,
  );
});

it('hints at nothing where there is room', () => {
  expect(hintOfRoom(tmpdir())).toBe('');
});

it.each([
  [new Error('ENOSPC: no space left on device, write'), 'DiskFull', 'make room'],
  [new HoldfastError('BootstrapFailed', 'could not switch: ENOSPC'), 'DiskFull', 'make room'],
  [new Error("EROFS: read-only file system, open '/srv/x'"), 'BootstrapFailed', 'mount it for writing'],
  [new Error("EACCES: permission denied, mkdir '/srv/x'"), 'BootstrapFailed', 'owner and mode'],
  [new Error('EXDEV: cross-device link not permitted'), 'BootstrapFailed', 'one file system'],
])('explains %s', (error, name, message) => {
  expect(explainFullDisk(error, tmpdir())).toMatchObject({ name, message: expect.stringContaining(message) });
});

it.each([new Error('x is not a function'), new HoldfastError('GitFailed', 'EACCES')])(
  'leaves %s as it is',
  (error) => {
    expect(explainFullDisk(error, tmpdir())).toBe(error);
  },
);
