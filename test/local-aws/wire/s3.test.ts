import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  NoSuchKey,
  NotFound,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { type Clients, clients, transports } from '../../support/local-aws/clients.ts';

const Bucket = 'store';

describe.each(transports)('S3 over %s', (transport) => {
  let aws: Clients;
  beforeEach(async () => {
    aws = await clients(transport);
    await aws.s3.send(new CreateBucketCommand({ Bucket }));
    await aws.s3.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
  });
  afterEach(() => aws.close());

  const put = (Key: string, Body: string, conditions: { IfMatch?: string; IfNoneMatch?: string } = {}) =>
    aws.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...conditions }));

  test('an object with metadata, checksum and version', async () => {
    const Body = 'hällo';
    const sha256 = createHash('sha256').update(Body).digest('base64');
    const { ETag, VersionId } = await aws.s3.send(
      new PutObjectCommand({
        Bucket,
        Key: 'a b/ü+c.txt',
        Body,
        Metadata: { sha256: 'abc' },
        ContentType: 'text/plain',
        ChecksumSHA256: sha256,
      }),
    );
    const got = await aws.s3.send(
      new GetObjectCommand({ Bucket, Key: 'a b/ü+c.txt', ChecksumMode: 'ENABLED' }),
    );
    expect(await got.Body?.transformToString()).toBe(Body);
    expect(got).toMatchObject({ ETag, VersionId, ContentType: 'text/plain', ChecksumSHA256: sha256 });
    expect(got.Metadata).toEqual({ sha256: 'abc' });
    const head = await aws.s3.send(new HeadObjectCommand({ Bucket, Key: 'a b/ü+c.txt' }));
    expect(head).toMatchObject({ ETag, VersionId, ContentLength: 6, Metadata: { sha256: 'abc' } });
    expect(head.LastModified).toEqual(new Date(aws.clock.now()));
  });

  test('a streamed body arrives without its framing', async () => {
    const bytes = Buffer.alloc(300_000, 'abcdefg');
    await aws.s3.send(
      new PutObjectCommand({
        Bucket,
        Key: 'big',
        Body: Readable.from([bytes.subarray(0, 100_000), bytes.subarray(100_000)]),
        ContentLength: bytes.length,
        ChecksumAlgorithm: 'CRC32',
      }),
    );
    const { Body, ContentEncoding } = await aws.s3.send(new GetObjectCommand({ Bucket, Key: 'big' }));
    expect((await buffer(Body as Readable)).equals(bytes)).toBe(true);
    expect(ContentEncoding ?? '').toBe('');
  });

  test('an empty object', async () => {
    await aws.s3.send(new PutObjectCommand({ Bucket, Key: 'empty', Body: new Uint8Array() }));
    const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket, Key: 'empty' }));
    expect(await Body?.transformToString()).toBe('');
  });

  test('a range', async () => {
    await put('range', '0123456789');
    const { Body, ContentRange, $metadata } = await aws.s3.send(
      new GetObjectCommand({ Bucket, Key: 'range', Range: 'bytes=2-4' }),
    );
    expect(await Body?.transformToString()).toBe('234');
    expect(ContentRange).toBe('bytes 2-4/10');
    expect($metadata.httpStatusCode).toBe(206);
  });

  test('only one of two writers takes a key that is absent', async () => {
    await put('lock', 'mine', { IfNoneMatch: '*' });
    await expect(put('lock', 'yours', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
  });

  test('a write with If-Match needs the current entity tag', async () => {
    const { ETag = '' } = await put('lock', 'one');
    await put('lock', 'two', { IfMatch: ETag });
    await expect(put('lock', 'three', { IfMatch: ETag })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(put('nothing', 'x', { IfMatch: ETag })).rejects.toMatchObject({
      name: 'NoSuchKey',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('a delete with If-Match needs the current entity tag', async () => {
    const { ETag } = await put('lock', 'one');
    await put('lock', 'two');
    await expect(
      aws.s3.send(new DeleteObjectCommand({ Bucket, Key: 'lock', IfMatch: ETag })),
    ).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  test('versions stay readable behind a delete marker', async () => {
    const { VersionId } = await put('doc', 'one');
    const { DeleteMarker } = await aws.s3.send(new DeleteObjectCommand({ Bucket, Key: 'doc' }));
    expect(DeleteMarker).toBe(true);
    await expect(aws.s3.send(new GetObjectCommand({ Bucket, Key: 'doc' }))).rejects.toBeInstanceOf(NoSuchKey);
    await expect(aws.s3.send(new HeadObjectCommand({ Bucket, Key: 'doc' }))).rejects.toBeInstanceOf(NotFound);
    const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket, Key: 'doc', VersionId }));
    expect(await Body?.transformToString()).toBe('one');
    const { Versions, DeleteMarkers } = await aws.s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect([Versions?.length, DeleteMarkers?.length]).toEqual([1, 1]);
  });

  test('lists keys in pages and folds common prefixes', async () => {
    for (const key of ['a/1', 'a/2', 'b', 'c/1']) await put(key, key);
    const first = await aws.s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 3 }));
    const second = await aws.s3.send(
      new ListObjectsV2Command({ Bucket, MaxKeys: 3, ContinuationToken: first.NextContinuationToken }),
    );
    const keys = [first, second].flatMap(({ Contents = [] }) => Contents.map(({ Key }) => Key));
    expect(keys).toEqual(['a/1', 'a/2', 'b', 'c/1']);
    expect([first.IsTruncated, second.IsTruncated]).toEqual([true, false]);
    const folded = await aws.s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
    expect(folded.CommonPrefixes).toEqual([{ Prefix: 'a/' }, { Prefix: 'c/' }]);
    expect(folded.Contents?.map(({ Key }) => Key)).toEqual(['b']);
  });

  test('deletes several at once', async () => {
    await put('a', '1');
    await put('b', '2');
    const { Deleted } = await aws.s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] } }),
    );
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['a', 'b']);
    const { KeyCount } = await aws.s3.send(new ListObjectsV2Command({ Bucket }));
    expect(KeyCount).toBe(0);
  });

  test('refuses a body that is not what its checksum says', async () => {
    const ChecksumSHA256 = createHash('sha256').update('other').digest('base64');
    await expect(
      aws.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ChecksumSHA256 })),
    ).rejects.toMatchObject({ name: 'BadDigest' });
  });

  test('refuses what is not modelled by its name', async () => {
    await expect(
      aws.s3.send(new CopyObjectCommand({ Bucket, Key: 'k', CopySource: 'store/x' })),
    ).rejects.toMatchObject({ name: 'NotModelled', message: 's3:CopyObject is not part of the local AWS' });
  });

  test('refuses a bucket that does not exist', async () => {
    await expect(aws.s3.send(new GetObjectCommand({ Bucket: 'other', Key: 'k' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });
});
