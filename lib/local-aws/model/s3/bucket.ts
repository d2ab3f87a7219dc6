import { AwsError } from '../error.ts';
import type { ObjectVersion } from './object.ts';

/** One bucket: its keys, each with its versions, oldest first. */
export class Bucket {
  readonly name: string;
  versioned: boolean;
  /** Of the key in KMS that encrypts its objects; undefined: S3's own. */
  keyArn: string | undefined;
  readonly #keys = new Map<string, ObjectVersion[]>();

  constructor(name: string, versioned: boolean) {
    this.name = name;
    this.versioned = versioned;
  }

  /** Keys in the order of S3's listings: by their UTF-8 bytes. */
  keys(): string[] {
    return [...this.#keys.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }

  versions(key: string): readonly ObjectVersion[] {
    return this.#keys.get(key) ?? [];
  }

  /** The current version, or undefined when there is none or a delete marker is on top. */
  current(key: string): ObjectVersion | undefined {
    const newest = this.versions(key).at(-1);
    return newest?.deleted ? undefined : newest;
  }

  /** The current or the named version, else S3's own errors. */
  read(key: string, versionId: string | undefined): ObjectVersion {
    if (versionId === undefined) return this.current(key) ?? fail('NoSuchKey', noSuchKey);
    const version = this.versions(key).find(({ id }) => id === versionId);
    if (!version) return fail('NoSuchVersion', 'The specified version does not exist.');
    if (version.deleted)
      throw new AwsError(
        'MethodNotAllowed',
        'The specified method is not allowed against this resource.',
        405,
      );
    return version;
  }

  add(key: string, version: ObjectVersion): void {
    const kept = this.versioned ? this.versions(key) : [];
    this.#keys.set(key, [...kept, version]);
  }

  /** Removes one version for good, or the key of an unversioned bucket. */
  remove(key: string, versionId?: string): void {
    const kept = this.versions(key).filter(({ id }) => versionId !== undefined && id !== versionId);
    if (kept.length > 0) this.#keys.set(key, kept);
    else this.#keys.delete(key);
  }
}

const noSuchKey = 'The specified key does not exist.';

function fail(code: string, message: string): never {
  throw new AwsError(code, message, 404);
}
