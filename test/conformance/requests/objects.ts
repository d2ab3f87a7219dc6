import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { Account } from '../account.ts';
import { outcome } from '../story.ts';

/** S3: versions, conditional writes, listings. */
export async function objectRequests({ clients: { s3 } }: Account): Promise<void> {
  const Bucket = 'store';
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const put = (Key: string, Body: string, more: object = {}) =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  const text = async (Key: string, VersionId?: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
    return Body?.transformToString();
  };
  const first = await put('k', 'one', { IfNoneMatch: '*', Metadata: { sha256: 'abc' } });
  expect(await outcome(put('k', 'x', { IfNoneMatch: '*' }))).toBe('PreconditionFailed');
  await put('k', 'two', { IfMatch: first.ETag });
  expect(await outcome(put('k', 'x', { IfMatch: first.ETag }))).toBe('PreconditionFailed');
  expect(await outcome(put('none', 'x', { IfMatch: first.ETag }))).toBe('NoSuchKey');
  expect([await text('k'), await text('k', first.VersionId)]).toEqual(['two', 'one']);
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'k', VersionId: first.VersionId }));
  expect(head).toMatchObject({ ETag: first.ETag, ContentLength: 3, Metadata: { sha256: 'abc' } });
  await put('p/a', '1');
  await put('p/b', '2');
  const page = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'p/', MaxKeys: 1 }));
  expect(page).toMatchObject({ KeyCount: 1, IsTruncated: true, Contents: [{ Key: 'p/a', Size: 1 }] });
  const rest = await s3.send(
    new ListObjectsV2Command({ Bucket, Prefix: 'p/', ContinuationToken: page.NextContinuationToken }),
  );
  expect(rest.Contents?.map(({ Key }) => Key)).toEqual(['p/b']);
  const gone = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
  expect(gone.DeleteMarker).toBe(true);
  expect(await outcome(text('k'))).toBe('NoSuchKey');
  expect(await outcome(s3.send(new HeadObjectCommand({ Bucket, Key: 'k' })))).toBe('NotFound');
  expect(await text('k', first.VersionId)).toBe('one');
}
