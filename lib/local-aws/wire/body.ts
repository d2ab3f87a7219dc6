import { createHash } from 'node:crypto';
import { AwsError } from '../model/error.ts';
import type { WireRequest } from './message.ts';

/** Compares the body with the digest that was signed. */
export function checkBody({ headers, body }: WireRequest): void {
  const stated = headers['x-amz-content-sha256'];
  if (!stated || !/^[0-9a-f]{64}$/.test(stated)) return;
  if (createHash('sha256').update(body).digest('hex') === stated) return;
  throw new AwsError(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );
}
