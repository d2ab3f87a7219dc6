import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { bucket } from '../adapters.ts';
import { storeBucket } from '../seeds.ts';
import type { Story } from '../story.ts';

const sha256 = createHash('sha256').update('body').digest();

const versions: Story = {
  name: 'objects: each version can be read, looked at and streamed',
  async tell(account) {
    await storeBucket(account);
    const { objects } = account.adapters;
    const written = await objects.put('k', 'one');
    const first = await objects.get('k');
    expect(first).toEqual({ key: 'k', body: 'one', etag: written?.etag, version: expect.any(String) });
    await objects.put('k', Buffer.from('three'));
    expect((await objects.get('k'))?.body).toBe('three');
    expect((await objects.get('k', first?.version))?.body).toBe('one');
    expect(await objects.head('k')).toMatchObject({ key: 'k', size: 5 });
    const stream = await objects.stream('k', first?.version);
    expect(stream).toMatchObject({ key: 'k', etag: written?.etag, version: first?.version, size: 3 });
    expect(stream && (await text(stream.body))).toBe('one');
  },
};

const missing: Story = {
  name: 'objects: one that is not there is no error, whatever is asked; a missing bucket is',
  async tell(account) {
    const { objects } = account.adapters;
    await expect(objects.get('k')).rejects.toMatchObject({ name: 'AwsFailed' });
    await storeBucket(account);
    expect(await objects.get('none')).toBeUndefined();
    expect(await objects.head('none')).toBeUndefined();
    expect(await objects.stream('none')).toBeUndefined();
  },
};

const conditions: Story = {
  name: 'objects: a condition that does not hold is an answer',
  async tell(account) {
    await storeBucket(account);
    const { objects } = account.adapters;
    const first = await objects.put('k', 'one', { absent: true });
    expect(await objects.put('k', 'two', { absent: true })).toBeUndefined();
    const etag = first?.etag ?? '';
    expect(await objects.put('k', 'two', { etag })).toEqual({ etag: expect.stringMatching(/^".+"$/) });
    expect(await objects.put('k', 'three', { etag })).toBeUndefined();
    expect((await objects.get('k'))?.body).toBe('two');
  },
};

const digests: Story = {
  name: 'objects: a digest is that of the checksum, else of the metadata',
  async tell(account) {
    await storeBucket(account);
    const { objects } = account.adapters;
    const put = (Key: string, more: object) =>
      account.clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'body', ...more }));
    await put('plain', {});
    await put('noted', { Metadata: { sha256: sha256.toString('hex') } });
    await put('checked', {
      ChecksumAlgorithm: 'SHA256',
      ChecksumSHA256: sha256.toString('base64'),
    });
    const digest = async (key: string) => (await objects.head(key))?.sha256;
    expect(await digest('plain')).toBeUndefined();
    expect(await digest('noted')).toBe(sha256.toString('hex'));
    expect(await digest('checked')).toBe(sha256.toString('hex'));
  },
};

const uploads: Story = {
  name: 'objects: a file is uploaded whole, or not at all',
  async tell(account) {
    await storeBucket(account);
    const { objects } = account.adapters;
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-upload-'));
    const file = join(folder, 'file');
    try {
      writeFileSync(file, Buffer.alloc(300_000, 'one'));
      const first = await objects.upload('k', file, { absent: true });
      expect(first).toEqual({ etag: expect.stringMatching(/^".+"$/) });
      writeFileSync(file, 'two');
      expect(await objects.upload('k', file, { absent: true })).toBeUndefined();
      expect(await objects.head('k')).toMatchObject({ etag: first?.etag, size: 300_000 });
      await objects.upload('k', file);
      expect((await objects.get('k'))?.body).toBe('two');
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

const lists: Story = {
  name: 'objects: all keys below a prefix, in order',
  async tell(account) {
    await storeBucket(account);
    const { objects } = account.adapters;
    for (const key of ['b/1', 'a/2', 'a/1 +ü', 'a']) await objects.put(key, key);
    expect(await objects.list('a/')).toEqual(['a/1 +ü', 'a/2']);
    expect(await objects.list('none/')).toEqual([]);
    expect((await objects.get('a/1 +ü'))?.body).toBe('a/1 +ü');
  },
};

export const objectStories: Story[] = [versions, missing, conditions, digests, uploads, lists];
