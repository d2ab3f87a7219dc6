import { Rejection } from './rejection.ts';

export const blockBytes = 512;

/** A header of a tarball. Texts are bytes, written as latin1. */
export interface Header {
  name: string;
  /** `0` file, `2` symbolic link, `5` directory, `x` longer values for the next member. */
  type: string;
  mode: number;
  /** Size of the body. Bytes. */
  size: number;
  /** Of links. */
  target: string;
}

/** Longer values for the next header (pax). */
export type Longer = Partial<Record<'path' | 'linkpath' | 'size', string>>;

/**
 * Parses one block; undefined: it is empty, as at the end. The checksum is ignored, because git's hashes prove more.
 */
export function parseHeader(block: Buffer, longer: Longer): Header | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  const prefix = readText(block, 345, 155);
  const name = readText(block, 0, 100);
  return {
    name: longer.path ?? (prefix ? `${prefix}/${name}` : name),
    type: readText(block, 156, 1) || '0',
    mode: readOctal(block, 100, 8),
    size: longer.size === undefined ? readOctal(block, 124, 12) : readDecimal(longer.size),
    target: longer.linkpath ?? readText(block, 157, 100),
  };
}

/** Parses records of the form `<length> <key>=<value>\n`; keys that do not affect content are ignored. */
export function parseLonger(body: Buffer): Longer {
  const longer: Longer = {};
  for (let rest = body.toString('latin1'); rest.length > 0; ) {
    const [, length = '0', key = ''] = /^(\d+) ([^=]+)=/.exec(rest) ?? [];
    const record = rest.slice(0, Number(length));
    if (!record.endsWith('\n') || record.length !== Number(length))
      throw new Rejection('it is not a tarball');
    const value = record.slice(length.length + key.length + 2, -1);
    if (key === 'path' || key === 'linkpath' || key === 'size') longer[key] = value;
    rest = rest.slice(record.length);
  }
  return longer;
}

function readText(block: Buffer, from: number, length: number): string {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString('latin1', 0, end < 0 ? length : end);
}

function readOctal(block: Buffer, from: number, length: number): number {
  const digits = readText(block, from, length).trim();
  if (!/^[0-7]*$/.test(digits)) throw new Rejection('it is not a tarball');
  return Number.parseInt(digits || '0', 8);
}

function readDecimal(digits: string): number {
  const number = Number(digits);
  if (/^\d+$/.test(digits) && Number.isSafeInteger(number)) return number;
  throw new Rejection('it is not a tarball');
}
