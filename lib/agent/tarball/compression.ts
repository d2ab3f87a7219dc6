import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import { HoldfastError } from '../../release/errors.ts';

/** A compression, and how to undo it. */
export interface TarballFormat {
  name: 'zstd' | 'gzip' | 'xz' | 'bzip2' | 'none';
  /** Command that decompresses stdin to stdout. */
  program?: string;
  /** Decompressor in Node, where the program is missing. */
  decode?: () => Transform;
}

interface Compression extends TarballFormat {
  magic: string;
  program: string;
  inNode?: (() => Transform) | undefined;
}

/** xz may ask for any amount of memory; 128 MiB is enough for its strongest preset. */
const compressions: Compression[] = [
  {
    name: 'zstd',
    magic: '28b52ffd',
    program: 'zstd -dcq',
    inNode: zlib.createZstdDecompress,
  },
  { name: 'gzip', magic: '1f8b', program: 'gzip -dc', inNode: zlib.createGunzip },
  {
    name: 'xz',
    magic: 'fd377a585a00',
    program: 'xz -dc --memlimit-decompress=128MiB',
  },
  { name: 'bzip2', magic: '425a68', program: 'bzip2 -dc' },
];

/** Number of first bytes that identify the format. */
export const magicBytes = 6;

/**
 * Identifies the format by the first bytes, since a name may lie. The program is twice as fast as Node, which stands
 * in where it is missing.
 */
export function formatOf(start: Buffer, path = process.env.PATH): TarballFormat {
  const hex = start.toString('hex', 0, magicBytes);
  const found = compressions.find(({ magic }) => hex.startsWith(magic));
  if (!found) return { name: 'none' };
  const { name, program, inNode } = found;
  if (isInstalled(name, path)) return { name, program };
  if (inNode) return { name, decode: () => inNode() };
  throw new HoldfastError(
    'BootstrapFailed',
    `found a tarball packed with ${name} and no ${name} on this machine; install it`,
  );
}

function isInstalled(program: string, path = ''): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
