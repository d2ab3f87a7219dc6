import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { Condition, ObjectHead, Objects, StoredObject } from '../../../lib/aws/objects.ts';

/** A bucket in memory with conditional writes. */
export class FakeObjects implements Objects {
  readonly stored = new Map<string, StoredObject & { sha256?: string }>();
  /** Called before a write, so that a test can be faster. */
  beforePut: ((key: string) => void) | undefined;
  #writes = 0;

  async get(key: string): Promise<StoredObject | undefined> {
    return this.stored.get(key);
  }

  async head(key: string): Promise<ObjectHead | undefined> {
    const found = this.stored.get(key);
    if (!found) return undefined;
    const { body, etag, version, sha256 } = found;
    return { key, etag, version, size: body.length, ...(sha256 && { sha256 }) };
  }

  async stream(key: string) {
    const head = await this.head(key);
    return head && { ...head, body: Readable.from([Buffer.from(this.stored.get(key)?.body ?? '')]) };
  }

  async list(prefix: string): Promise<string[]> {
    return [...this.stored.keys()].filter((key) => key.startsWith(prefix));
  }

  async put(
    key: string,
    body: string | Uint8Array,
    condition?: Condition,
  ): Promise<{ etag: string } | undefined> {
    this.beforePut?.(key);
    const found = this.stored.get(key);
    if (condition && ('absent' in condition ? found : found?.etag !== condition.etag)) return undefined;
    return this.set(key, String(body));
  }

  async upload(key: string, file: string, condition?: Condition): Promise<{ etag: string } | undefined> {
    return await this.put(key, readFileSync(file), condition);
  }

  /** Writes without conditions. */
  set(key: string, body: string, sha256?: string): { etag: string } {
    this.#writes += 1;
    const etag = `etag-${this.#writes}`;
    this.stored.set(key, { key, body, etag, version: `v${this.#writes}`, ...(sha256 && { sha256 }) });
    return { etag };
  }
}
