import type {
  CreateBucketOutput,
  CreateBucketRequest,
  DeleteObjectOutput,
  DeleteObjectRequest,
  DeleteObjectsOutput,
  DeleteObjectsRequest,
  GetObjectOutput,
  GetObjectRequest,
  HeadObjectOutput,
  HeadObjectRequest,
  ListObjectsV2Output,
  ListObjectsV2Request,
  ListObjectVersionsOutput,
  ListObjectVersionsRequest,
  PutBucketVersioningRequest,
  PutObjectOutput,
  PutObjectRequest,
} from '@aws-sdk/client-s3';
import type { Clock } from '../../clock.ts';
import { AwsError } from '../error.ts';
import type { Ids } from '../ids.ts';
import { Bucket } from './bucket.ts';
import { checksumsOf } from './checksum.ts';
import { checkMatch, checkRead, checkWrite } from './conditions.ts';
import { listObjects } from './listing.ts';
import { etagOf, type ObjectVersion } from './object.ts';
import { parseRange } from './range.ts';
import { listVersions } from './versions.ts';

export type PutInput = Omit<PutObjectRequest, 'Body'> & { Body?: Uint8Array | string | undefined };
export type GetOutput = Omit<GetObjectOutput, 'Body'> & { Body: Uint8Array };

/** S3 with versioned buckets: strongly consistent. Bodies are held in memory. */
export class S3 {
  readonly #buckets = new Map<string, Bucket>();
  readonly #clock: Clock;
  readonly #ids: Ids;

  constructor(clock: Clock, ids: Ids) {
    this.#clock = clock;
    this.#ids = ids;
  }

  createBucket(input: CreateBucketRequest): CreateBucketOutput {
    const name = input.Bucket ?? '';
    if (this.#buckets.has(name))
      throw new AwsError(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the bucket succeeded.',
        409,
      );
    this.#buckets.set(name, new Bucket(name, false));
    return { Location: `/${name}` };
  }

  putBucketVersioning(input: PutBucketVersioningRequest): Record<string, never> {
    this.#bucket(input.Bucket).versioned = input.VersioningConfiguration?.Status === 'Enabled';
    return {};
  }

  putObject(input: PutInput): PutObjectOutput {
    const bucket = this.#bucket(input.Bucket);
    const key = input.Key ?? '';
    checkWrite(bucket.current(key), input);
    const body = typeof input.Body === 'string' ? Buffer.from(input.Body) : (input.Body ?? new Uint8Array());
    const version = this.#version(bucket, {
      body,
      etag: etagOf(body),
      checksums: checksumsOf(body, input),
      metadata: input.Metadata ?? {},
      contentType: input.ContentType ?? 'application/octet-stream',
      deleted: false,
    });
    bucket.add(key, version);
    return { ETag: version.etag, ...versionOf(bucket, version), ...checksumType(version) };
  }

  getObject(input: GetObjectRequest): GetOutput {
    const bucket = this.#bucket(input.Bucket);
    const version = bucket.read(input.Key ?? '', input.VersionId);
    checkRead(version, input);
    const slice = parseRange(input.Range, version.body.length);
    const body = slice ? version.body.subarray(slice.start, slice.end) : version.body;
    return {
      ...describe(bucket, version, input.ChecksumMode === 'ENABLED' && !slice),
      Body: body,
      ContentLength: body.length,
      ContentRange: slice && `bytes ${slice.start}-${slice.end - 1}/${version.body.length}`,
    };
  }

  headObject(input: HeadObjectRequest): HeadObjectOutput {
    const bucket = this.#bucket(input.Bucket);
    const version = bucket.read(input.Key ?? '', input.VersionId);
    checkRead(version, input);
    return {
      ...describe(bucket, version, input.ChecksumMode === 'ENABLED'),
      ContentLength: version.body.length,
    };
  }

  deleteObject(input: DeleteObjectRequest): DeleteObjectOutput {
    const bucket = this.#bucket(input.Bucket);
    const key = input.Key ?? '';
    checkMatch(bucket.current(key), input.IfMatch);
    if (input.VersionId !== undefined || !bucket.versioned) {
      bucket.remove(key, input.VersionId);
      return { VersionId: input.VersionId };
    }
    const marker = this.#version(bucket, {
      body: new Uint8Array(),
      etag: '',
      checksums: {},
      metadata: {},
      contentType: '',
      deleted: true,
    });
    bucket.add(key, marker);
    return { DeleteMarker: true, VersionId: marker.id };
  }

  deleteObjects(input: DeleteObjectsRequest): DeleteObjectsOutput {
    const objects = input.Delete?.Objects ?? [];
    const deleted = objects.map((object) => ({
      Key: object.Key,
      ...this.deleteObject({ Bucket: input.Bucket, Key: object.Key, VersionId: object.VersionId }),
    }));
    return { Deleted: input.Delete?.Quiet ? [] : deleted };
  }

  listObjectsV2(input: ListObjectsV2Request): ListObjectsV2Output {
    return listObjects(this.#bucket(input.Bucket), input);
  }

  listObjectVersions(input: ListObjectVersionsRequest): ListObjectVersionsOutput {
    return listVersions(this.#bucket(input.Bucket), input);
  }

  find(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  #bucket(name = ''): Bucket {
    const bucket = this.find(name);
    if (!bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
    return bucket;
  }

  #version(bucket: Bucket, version: Omit<ObjectVersion, 'id' | 'at'>): ObjectVersion {
    const id = bucket.versioned ? `v${this.#ids.short()}` : 'null';
    return { ...version, id, at: this.#clock.now() };
  }
}

function versionOf(bucket: Bucket, version: ObjectVersion): { VersionId?: string } {
  return bucket.versioned ? { VersionId: version.id } : {};
}

function checksumType({ checksums }: ObjectVersion): { ChecksumType?: 'FULL_OBJECT' } {
  const any = checksums.ChecksumSHA256 ?? checksums.ChecksumCRC32;
  return { ...checksums, ...(any === undefined ? {} : { ChecksumType: 'FULL_OBJECT' as const }) };
}

function describe(bucket: Bucket, version: ObjectVersion, checksums: boolean) {
  return {
    ETag: version.etag,
    ...versionOf(bucket, version),
    ...(checksums ? checksumType(version) : {}),
    LastModified: new Date(version.at),
    ContentType: version.contentType,
    AcceptRanges: 'bytes',
    Metadata: { ...version.metadata },
  };
}
