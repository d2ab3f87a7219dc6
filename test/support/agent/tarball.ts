import { execFileSync } from 'node:child_process';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { Program } from '../suite/programs.ts';

/** One member with its raw header: anything can be forged. */
export interface Forged {
  name: string;
  /** ustar type flag. Default: 0, a file. */
  type?: string;
  body?: string;
  link?: string;
  mode?: number;
  /** What the header says; default: the length of the body. */
  size?: number;
}

/** A tarball, uncompressed, member by member as given. */
export function forge(members: readonly Forged[]): Buffer {
  return Buffer.concat([...members.flatMap(memberOf), Buffer.alloc(1024)]);
}

export type Compression = 'zstd' | 'gzip' | 'xz' | 'bzip2';

/** What packs and unpacks where Node cannot. */
export const programOf = (by: string): Program | undefined =>
  by === 'xz' || by === 'bzip2' ? by : undefined;

/** Packs in this process where Node can; the others need their program. */
export function compress(tarball: Buffer, by: Compression): Buffer {
  if (by === 'zstd') return zstdCompressSync(tarball);
  if (by === 'gzip') return gzipSync(tarball);
  return execFileSync(by, ['-c'], { input: tarball, maxBuffer: 1 << 30 });
}

/** A good zstd tarball of files. */
export function overlayOf(files: Record<string, string>): Buffer {
  return compress(forge(Object.entries(files).map(([name, body]) => ({ name, body }))), 'zstd');
}

function memberOf({ name, type = '0', body = '', link = '', mode = 0o644, size }: Forged): Buffer[] {
  const header = Buffer.alloc(512);
  const put = (text: string, at: number) => header.write(text, at, 'latin1');
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits - 1, '0')}\0`;
  put(name.slice(0, 100), 0);
  put(octal(mode, 8), 100);
  put(octal(0, 8), 108);
  put(octal(0, 8), 116);
  put(octal(size ?? Buffer.byteLength(body), 12), 124);
  put(octal(1_700_000_000, 12), 136);
  put('        ', 148);
  put(type, 156);
  put(link.slice(0, 100), 157);
  put('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const bytes = Buffer.from(body);
  return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
}

/** A pax header that gives the next member other values. */
export function pax(values: Record<string, string>): Forged {
  const line = (key: string, value: string) => {
    const rest = ` ${key}=${value}\n`;
    const length = [1, 2, 3, 4].find((digits) => `${rest.length + digits}`.length === digits) ?? 0;
    return `${rest.length + length}${rest}`;
  };
  return {
    name: 'pax',
    type: 'x',
    body: Object.entries(values)
      .map(([key, value]) => line(key, value))
      .join(''),
  };
}
