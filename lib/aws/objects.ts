import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { allPages, call, callUnless } from './call.ts';

export { S3Client } from '@aws-sdk/client-s3';

export interface StoredObject {
  key: string;
  body: string;
  etag: string;
  version: string;
}

export interface ObjectHead {
  key: string;
  etag: string;
  /** Version id; `null` in a bucket without versions. */
  version: string;
  /** Bytes. */
  size: number;
  /** SHA-256 in lower-case hex, if the object states it (checksum or `sha256` metadata). */
  sha256?: string;
}

/** An object that is being read. */
export interface ObjectStream extends ObjectHead {
  body: Readable;
}

/** Condition of a write: nothing is there yet, or the entity tag still matches. */
export type Condition = { absent: true } | { etag: string };

/** The store bucket. "Not found" is `undefined`; a failed call throws AwsFailed. */
export interface Objects {
  get(key: string, version?: string): Promise<StoredObject | undefined>;
  head(key: string, version?: string): Promise<ObjectHead | undefined>;
  /** Reads the body as a stream, for tarballs. */
  stream(key: string, version?: string): Promise<ObjectStream | undefined>;
  /** Keys below a prefix, from all pages. */
  list(prefix: string): Promise<string[]>;
  /** Writes if the condition holds; `undefined` when it does not (412, 409): someone else was faster. */
  put(key: string, body: string | Uint8Array, condition?: Condition): Promise<{ etag: string } | undefined>;
  /** Writes a file of at most 5 GiB without loading it into memory. Conditions as with `put`. */
  upload(key: string, file: string, condition?: Condition): Promise<{ etag: string } | undefined>;
}

/** Version id of an object in a bucket without versions. */
export const unversioned = 'null';

const absent = ['NoSuchKey', 'NotFound', 'NoSuchVersion'];
const refused = ['PreconditionFailed', 'ConditionalRequestConflict'];

/** A bucket through the SDK's client. */
export function s3Objects(client: S3Client, bucket: string): Objects {
  const place = (key: string, version?: string) => ({
    Bucket: bucket,
    Key: key,
    ...(version && version !== unversioned ? { VersionId: version } : {}),
  });
  const open = (key: string, version?: string) =>
    unlessMissing(client, place(key, version), () =>
      callUnless(absent, `could not read s3://${bucket}/${key}`, () =>
        client.send(new GetObjectCommand(place(key, version))),
      ),
    );
  const write = async (key: string, body: Body, condition: Condition | undefined) => {
    const command = new PutObjectCommand({ ...place(key), ...body, ...headersOf(condition) });
    const answer = await callUnless(condition ? refused : [], `could not write s3://${bucket}/${key}`, () =>
      client.send(command),
    );
    return answer && { etag: answer.ETag ?? '' };
  };

  return {
    async get(key, version) {
      const answer = await open(key, version);
      if (!answer?.Body) return undefined;
      const body = await call(`could not read s3://${bucket}/${key}`, () =>
        bodyOf(answer).transformToString(),
      );
      return { key, body, etag: answer.ETag ?? '', version: answer.VersionId ?? unversioned };
    },
    async head(key, version) {
      const answer = await unlessMissing(client, place(key, version), () =>
        callUnless(absent, `could not look at s3://${bucket}/${key}`, () =>
          client.send(new HeadObjectCommand({ ...place(key, version), ChecksumMode: 'ENABLED' })),
        ),
      );
      return answer && headOf(key, answer);
    },
    async stream(key, version) {
      const answer = await open(key, version);
      if (!answer?.Body) return undefined;
      return { ...headOf(key, answer), body: bodyOf(answer) as unknown as Readable };
    },
    async list(prefix) {
      return await allPages(async (token) => {
        const command = new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          ContinuationToken: token,
        });
        const page = await call(`could not list s3://${bucket}/${prefix}`, () => client.send(command));
        return {
          items: page.Contents?.map(({ Key }) => Key).filter((key) => key !== undefined),
          next: page.NextContinuationToken,
        };
      });
    },
    put: (key, body, condition) => write(key, { Body: body }, condition),
    async upload(key, file, condition) {
      const { size } = await stat(file);
      return await write(key, { Body: createReadStream(file), ContentLength: size }, condition);
    },
  };
}

/**
 * S3 answers 403 for a key or a version that is not there to a caller who may not list the bucket. A caller who may list
 * the names that begin with the key learns here that there is none.
 */
async function unlessMissing<T>(
  client: S3Client,
  { Bucket, Key, VersionId }: { Bucket: string; Key: string; VersionId?: string },
  read: () => Promise<T | undefined>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!isForbidden(error)) throw error;
    const listed = await client
      .send(new ListObjectsV2Command({ Bucket, Prefix: Key, MaxKeys: 1 }))
      .catch(() => undefined);
    if (!listed) throw error;
    // Of the names that begin with a key, the key is the first.
    if (listed.Contents?.[0]?.Key !== Key) return undefined;
    if (VersionId !== undefined && (await isReadable(client, Bucket, Key))) return undefined;
    throw error;
  }
}

/** Whoever may read the newest version of a key may read each that is there. */
async function isReadable(client: S3Client, Bucket: string, Key: string): Promise<boolean> {
  const answer = await client.send(new HeadObjectCommand({ Bucket, Key })).catch(() => undefined);
  return answer !== undefined;
}

function isForbidden(error: unknown): boolean {
  const { cause } = error as { cause?: { $metadata?: { httpStatusCode?: number } } };
  return cause?.$metadata?.httpStatusCode === 403;
}

type Body = Pick<PutObjectCommandInput, 'Body' | 'ContentLength'>;

function headersOf(condition: Condition | undefined): { IfNoneMatch?: '*'; IfMatch?: string } {
  if (!condition) return {};
  return 'absent' in condition ? { IfNoneMatch: '*' } : { IfMatch: condition.etag };
}

interface HeadAnswer {
  ETag?: string | undefined;
  VersionId?: string | undefined;
  ContentLength?: number | undefined;
  ChecksumSHA256?: string | undefined;
  Metadata?: Record<string, string> | undefined;
}

function headOf(key: string, answer: HeadAnswer): ObjectHead {
  const sha256 = statedDigest(answer);
  return {
    key,
    etag: answer.ETag ?? '',
    version: answer.VersionId ?? unversioned,
    size: answer.ContentLength ?? 0,
    ...(sha256 ? { sha256 } : {}),
  };
}

/** The checksum of a multipart object (`<base64>-<parts>`) covers its parts, not its bytes. */
function statedDigest({ ChecksumSHA256, Metadata }: HeadAnswer): string | undefined {
  const checksum = ChecksumSHA256 && Buffer.from(ChecksumSHA256, 'base64').toString('hex');
  return [ChecksumSHA256?.includes('-') ? undefined : checksum, Metadata?.sha256].find((digest) =>
    /^[0-9a-f]{64}$/.test(digest ?? ''),
  );
}

function bodyOf(answer: GetObjectCommandOutput): NonNullable<GetObjectCommandOutput['Body']> {
  return answer.Body as NonNullable<GetObjectCommandOutput['Body']>;
}
