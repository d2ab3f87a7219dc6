import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { storeKeys } from '../../../config/resource-names.ts';
import type { S3 } from '../../../local-aws/model/s3/s3.ts';

/** Puts the Node that runs this process into the store under its digest, as somebody does once per environment; gives the digest. */
export function uploadNode(s3: Pick<S3, 'putObject'>, bucket: string): string {
  const executable = readFileSync(process.execPath);
  const sha256 = createHash('sha256').update(executable).digest('hex');
  s3.putObject({ Bucket: bucket, Key: storeKeys.node(sha256), Body: executable });
  return sha256;
}

/** Whether a machine with this user-data (base64) can do with a bare image: it names this Node by its digest. */
export function isNamedBy(userData: string, sha256: string): boolean {
  return Buffer.from(userData, 'base64').toString().includes(sha256);
}
