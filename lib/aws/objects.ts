import type { Readable } from 'node:stream';

export interface StoredObject {
  key: string;
  body: string;
  etag: string;
  version: string;
}

export interface ObjectHead {
  key: string;
  etag: string;
  /** Version id. */
  version: string;
  /** Bytes. */
  size: number;
  /** SHA-256 in lower-case hex, when the object states it (checksum or `sha256` metadata). */
  sha256?: string;
}

/** What must hold for a write to happen: nothing there yet, or still this entity tag. */
export type Condition = { absent: true } | { etag: string };

/** The store bucket. "Not found" is `undefined`; "could not ask" throws AwsFailed. */
export interface Objects {
  get(key: string, version?: string): Promise<StoredObject | undefined>;
  head(key: string, version?: string): Promise<ObjectHead | undefined>;
  /** Body as a stream, for tarballs. */
  stream(key: string, version?: string): Promise<Readable | undefined>;
  /** Keys below a prefix, all pages. */
  list(prefix: string): Promise<string[]>;
  /** Writes when the condition holds; `undefined` when it does not (412, 409): someone else was first. */
  put(key: string, body: string | Uint8Array, condition?: Condition): Promise<{ etag: string } | undefined>;
}
