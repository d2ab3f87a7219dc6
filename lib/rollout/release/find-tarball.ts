import { createHash } from 'node:crypto';
import { tarballMissing } from '../../release/overlay-key.ts';
import type { Tarball } from '../../release/release.ts';
import type { Adapters } from '../actions/step-context.ts';

type LookDeps = Pick<Adapters, 'objects'>;

/** Key, version and digest of an object, as a release names it. */
export async function findTarball({ objects }: LookDeps, repository: string, key: string): Promise<Tarball> {
  const head = await objects.head(key);
  if (!head) throw tarballMissing(repository, `found no object ${key} in the store bucket`);
  const sha256 = head.sha256 ?? (await digestOf(objects, repository, key, head.version));
  return { key, version: head.version, sha256 };
}

/** Computes the digest of an object that was stored without a checksum. */
async function digestOf(
  objects: Adapters['objects'],
  repository: string,
  key: string,
  version: string,
): Promise<string> {
  const stream = await objects.stream(key, version);
  if (!stream) throw tarballMissing(repository, `object ${key} disappeared while it was read`);
  const hash = createHash('sha256');
  for await (const part of stream.body) hash.update(part as Uint8Array);
  return hash.digest('hex');
}
