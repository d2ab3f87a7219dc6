import type {
  DeleteObjectRequest,
  GetObjectRequest,
  HeadObjectRequest,
  ListObjectsV2Request,
  PutObjectRequest,
} from '@aws-sdk/client-s3';
import type { Bucket } from '../../model/s3/bucket.ts';
import type { Account } from '../account.ts';
import { onEach, type RequiredPermission } from '../required-permission.ts';

interface Named {
  Bucket?: string | undefined;
  Key?: string | undefined;
  VersionId?: string | undefined;
}

/** S3. */
export const s3Permissions = {
  GetObject: (input: GetObjectRequest, account: Account) => [
    ...read(input, account),
    ...(isThere(input, account) ? withKey('kms:Decrypt', input, account) : []),
  ],
  HeadObject: (input: HeadObjectRequest, account: Account) => [
    ...read(input, account),
    // The checksum of an encrypted object is encrypted with it.
    ...(isThere(input, account) && input.ChecksumMode === 'ENABLED'
      ? withKey('kms:Decrypt', input, account)
      : []),
  ],
  PutObject: (input: PutObjectRequest, account: Account) => [
    ...onEach('s3:PutObject', [objectArn(input)], {
      's3:if-none-match': input.IfNoneMatch,
      's3:if-match': input.IfMatch,
    }),
    // A comparison of the entity tag reads it.
    ...(input.IfMatch === undefined ? [] : onEach('s3:GetObject', [objectArn(input)])),
    ...withKey('kms:GenerateDataKey', input, account),
  ],
  DeleteObject: (input: DeleteObjectRequest) =>
    onEach(input.VersionId ? 's3:DeleteObjectVersion' : 's3:DeleteObject', [objectArn(input)]),
  ListObjectsV2: (input: ListObjectsV2Request) =>
    onEach('s3:ListBucket', [bucketArn(input)], {
      's3:prefix': input.Prefix,
      's3:delimiter': input.Delimiter,
    }),
};

/** A caller without the right to list a bucket gets "access denied" for a missing key. */
function read(input: Named, account: Account): RequiredPermission[] {
  const action = input.VersionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  return [
    ...onEach(action, [objectArn(input)]),
    // S3 checks this right without a prefix: a condition on the prefix is not met.
    ...(isThere(input, account)
      ? []
      : onEach('s3:ListBucket', [bucketArn(input)], { 's3:prefix': undefined })),
  ];
}

/** S3 uses the bucket's key with the rights of the caller. */
function withKey(action: string, { Bucket = '' }: Named, { s3, place }: Account): RequiredPermission[] {
  const key = s3.find(Bucket)?.keyArn;
  return key === undefined
    ? []
    : onEach(action, [key], { 'kms:ViaService': `s3.${place.region}.amazonaws.com` });
}

function isThere({ Bucket = '', Key = '', VersionId }: Named, { s3 }: Account): boolean {
  const bucket = s3.find(Bucket);
  return bucket !== undefined && objectExists(bucket, Key, VersionId);
}

function objectExists(bucket: Bucket, key: string, version: string | undefined): boolean {
  if (version === undefined) return bucket.current(key) !== undefined;
  return bucket.versions(key).some(({ id }) => id === version);
}

function bucketArn({ Bucket = '' }: Named): string {
  return `arn:aws:s3:::${Bucket}`;
}

function objectArn(input: Named): string {
  return `${bucketArn(input)}/${input.Key ?? ''}`;
}
