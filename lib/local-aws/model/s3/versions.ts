import type { ListObjectVersionsOutput, ListObjectVersionsRequest } from '@aws-sdk/client-s3';
import { notModelled } from '../error.ts';
import type { Bucket } from './bucket.ts';

/** ListObjectVersions in one page: newest first within a key. */
export function listVersions(bucket: Bucket, input: ListObjectVersionsRequest): ListObjectVersionsOutput {
  if (input.Delimiter || input.KeyMarker) throw notModelled('ListObjectVersions with a delimiter or marker');
  const prefix = input.Prefix ?? '';
  const all = bucket
    .keys()
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) =>
      bucket
        .versions(key)
        .toReversed()
        .map((version, index) => ({ key, version, latest: index === 0 })),
    );
  const common = ({ key, version, latest }: (typeof all)[number]) => ({
    Key: key,
    VersionId: version.id,
    IsLatest: latest,
    LastModified: new Date(version.at),
  });
  return {
    Name: bucket.name,
    Prefix: prefix,
    IsTruncated: false,
    Versions: all
      .filter(({ version }) => !version.deleted)
      .map((entry) => ({ ...common(entry), ETag: entry.version.etag, Size: entry.version.body.length })),
    DeleteMarkers: all.filter(({ version }) => version.deleted).map(common),
  };
}
