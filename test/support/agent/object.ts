import { Readable } from 'node:stream';
import type { ObjectStream } from '../../../lib/aws/objects.ts';

/** Bytes as an object that comes in, in parts. */
export function objectOf(bytes: Buffer, size = bytes.length, partBytes = 10_000): ObjectStream {
  const count = Math.ceil(bytes.length / partBytes);
  const parts = Array.from({ length: count }, (_, at) =>
    bytes.subarray(at * partBytes, (at + 1) * partBytes),
  );
  return { key: 'k', etag: '"e"', version: 'v', size, body: Readable.from(parts, { objectMode: false }) };
}
