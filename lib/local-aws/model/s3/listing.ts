import type { ListObjectsV2Output, ListObjectsV2Request } from '@aws-sdk/client-s3';
import type { Bucket } from './bucket.ts';

interface Entry {
  /** A key, or a common prefix. */
  name: string;
  prefix: boolean;
}

/** ListObjectsV2: keys and common prefixes together make a page. */
export function listObjects(bucket: Bucket, input: ListObjectsV2Request): ListObjectsV2Output {
  const most = Math.min(input.MaxKeys ?? 1000, 1000);
  const after = input.ContinuationToken
    ? Buffer.from(input.ContinuationToken, 'base64url').toString()
    : (input.StartAfter ?? '');
  const rest = entries(bucket, input).filter(({ name }) => comesAfter(name, after, input.ContinuationToken));
  const shown = rest.slice(0, most);
  const more = rest.length > shown.length;
  return {
    Name: bucket.name,
    Prefix: input.Prefix ?? '',
    Delimiter: input.Delimiter,
    MaxKeys: most,
    KeyCount: shown.length,
    IsTruncated: more,
    ContinuationToken: input.ContinuationToken,
    NextContinuationToken: more ? Buffer.from(shown.at(-1)?.name ?? '').toString('base64url') : undefined,
    StartAfter: input.StartAfter,
    Contents: shown.filter(({ prefix }) => !prefix).map(({ name }) => describe(bucket, name)),
    CommonPrefixes: shown.filter(({ prefix }) => prefix).map(({ name }) => ({ Prefix: name })),
  };
}

/** A page that ended with a common prefix goes on behind all of its keys. */
function comesAfter(name: string, after: string, token: string | undefined): boolean {
  return Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0 && (!token || name !== after);
}

function entries(bucket: Bucket, { Prefix = '', Delimiter }: ListObjectsV2Request): Entry[] {
  const found = new Map<string, Entry>();
  for (const key of bucket.keys()) {
    if (!key.startsWith(Prefix) || !bucket.current(key)) continue;
    const cut = Delimiter ? key.indexOf(Delimiter, Prefix.length) : -1;
    const name = cut < 0 ? key : key.slice(0, cut + (Delimiter ?? '').length);
    found.set(name, { name, prefix: cut >= 0 });
  }
  return [...found.values()];
}

function describe(bucket: Bucket, key: string) {
  const version = bucket.current(key);
  return {
    Key: key,
    ETag: version?.etag,
    Size: version?.body.length,
    LastModified: version && new Date(version.at),
    StorageClass: 'STANDARD' as const,
  };
}
