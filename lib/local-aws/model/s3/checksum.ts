import { AwsError } from '../error.ts';
import { type Checksums, crc32Of, md5Of, sha256Of } from './object.ts';

interface Stated extends Checksums {
  ContentMD5?: string | undefined;
  ChecksumAlgorithm?: string | undefined;
}

/** Checks what the caller said of the bytes and gives the checksums that S3 keeps. */
export function checksumsOf(body: Uint8Array, stated: Stated): Checksums {
  if (stated.ContentMD5 !== undefined && stated.ContentMD5 !== md5Of(body))
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  return {
    ChecksumSHA256: statedOrComputed(
      'SHA256',
      sha256Of,
      body,
      stated.ChecksumSHA256,
      stated.ChecksumAlgorithm,
    ),
    ChecksumCRC32: statedOrComputed('CRC32', crc32Of, body, stated.ChecksumCRC32, stated.ChecksumAlgorithm),
  };
}

function statedOrComputed(
  name: string,
  of: (body: Uint8Array) => string,
  body: Uint8Array,
  stated: string | undefined,
  algorithm: string | undefined,
): string | undefined {
  if (stated === undefined && algorithm !== name) return undefined;
  const real = of(body);
  if (stated === undefined || stated === real) return real;
  throw new AwsError('BadDigest', `The ${name} you specified did not match the calculated checksum.`);
}
