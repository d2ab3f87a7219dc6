import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export interface Checksums {
  ChecksumSHA256?: string | undefined;
  ChecksumCRC32?: string | undefined;
}

/** One version of an object, or a delete marker. */
export interface ObjectVersion {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  body: Uint8Array;
  /** With its quotes, as S3 gives it. */
  etag: string;
  checksums: Checksums;
  metadata: Readonly<Record<string, string>>;
  contentType: string;
  deleted: boolean;
}

export function etagOf(body: Uint8Array): string {
  return `"${hash('md5', body)}"`;
}

export function sha256Of(body: Uint8Array): string {
  return hash('sha256', body, 'base64');
}

/** Base64 of the big-endian CRC-32. */
export function crc32Of(body: Uint8Array): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}

export function md5Of(body: Uint8Array): string {
  return hash('md5', body, 'base64');
}
