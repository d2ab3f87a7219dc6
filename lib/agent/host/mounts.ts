import { readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

/**
 * Where something is mounted at a path or below it; a link is not followed. Removing or cleaning a folder would go into it, so that whoever
 * does so looks here first. A device number would not do: a folder of the same disk may be mounted too.
 */
export function mountsAt(path: string, mountinfo = readMountinfo()): string[] {
  const place = asBytes(resolve(realpathSync(dirname(path)), basename(path)));
  return mountPoints(mountinfo)
    .filter((point) => `${point}/`.startsWith(`${place}/`.replace('//', '/')))
    .map((point) => Buffer.from(point, 'latin1').toString());
}

/** The fifth field of each line. The kernel writes blanks, line ends and backslashes in octal; names are bytes. */
function mountPoints(mountinfo: string): string[] {
  const fields = mountinfo.split('\n').map((line) => line.split(' ')[4] ?? '');
  const octal = (_: string, digits: string) => String.fromCharCode(Number.parseInt(digits, 8));
  return fields.map((field) => field.replace(/\\([0-7]{3})/g, octal));
}

const readMountinfo = () => readFileSync('/proc/self/mountinfo', 'latin1');

const asBytes = (path: string) => Buffer.from(path).toString('latin1');
