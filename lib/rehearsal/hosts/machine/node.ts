import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { storeKeys } from '../../../config/resource-names.ts';
import type { S3 } from '../../../local-aws/model/s3/s3.ts';

/**
 * Uploads this process's Node to the store under its digest, as an operator does once per environment, and returns
 * the digest.
 */
export function uploadNode(s3: Pick<S3, 'putObject'>, bucket: string): string {
  const executable = readFileSync(process.execPath);
  const sha256 = createHash('sha256').update(executable).digest('hex');
  s3.putObject({ Bucket: bucket, Key: storeKeys.node(sha256), Body: executable });
  return sha256;
}

/** Whether user-data (base64) names this Node by digest: then a bare image will do. */
export function isNamedBy(userData: string, sha256: string): boolean {
  return Buffer.from(userData, 'base64').toString().includes(sha256);
}
