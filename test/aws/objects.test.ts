import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { s3Objects } from '../../lib/aws/objects.ts';
import { AwsError } from '../../lib/local-aws/model/error.ts';
import { type Clients, clients, transports } from '../support/local-aws/clients.ts';

describe.each(transports)('objects through %s', (transport) => {
  let aws: Clients;
  beforeEach(async () => {
    aws = await clients(transport);
    aws.world.s3.createBucket({ Bucket: 'store' });
    aws.world.s3.putBucketVersioning({ Bucket: 'store', VersioningConfiguration: { Status: 'Enabled' } });
  });
  afterEach(() => aws.close());

  const objects = () => s3Objects(aws.s3, 'store');
  const sha256 = createHash('sha256').update('body').digest('hex');

  test('a missing one is no error, whatever is asked', async () => {
    expect(await objects().get('none')).toBeUndefined();
    expect(await objects().head('none')).toBeUndefined();
    expect(await objects().stream('none')).toBeUndefined();
  });

  describe('of a caller who may not list the bucket', () => {
    const denied = { error: new AwsError('AccessDenied', 'Access Denied', 403) };
    const refuse = (...operations: string[]) =>
      aws.world.faults.add(({ operation }) => (operations.includes(operation) ? denied : undefined));

    test('a missing one is missing when the caller may list its own names', async () => {
      await objects().put('k1', 'another key that begins so');
      refuse('GetObject', 'HeadObject');
      expect(await objects().get('k')).toBeUndefined();
      expect(await objects().head('k')).toBeUndefined();
      expect(await objects().stream('k')).toBeUndefined();
    });

    test('one that is there, or that nobody can look for, is refused', async () => {
      await objects().put('k', 'body');
      await objects().put('k1', 'body');
      refuse('GetObject', 'HeadObject');
      await expect(objects().get('k')).rejects.toMatchObject({ name: 'AwsFailed' });
      await expect(objects().head('k')).rejects.toMatchObject({ name: 'AwsFailed' });
      refuse('ListObjectsV2');
      await expect(objects().get('none')).rejects.toMatchObject({ name: 'AwsFailed' });
    });
  });

  test('each version can be read', async () => {
    await objects().put('k', 'one');
    const first = await objects().get('k');
    await objects().put('k', 'two');
    expect((await objects().get('k'))?.body).toBe('two');
    expect((await objects().get('k', first?.version))?.body).toBe('one');
    expect(await objects().get('k', 'no-such-version')).toBeUndefined();
  });

  test('a stream carries what is known of the object', async () => {
    await objects().put('k', 'body');
    const found = await objects().stream('k');
    expect(found).toMatchObject({ key: 'k', size: 4, version: expect.any(String) });
    expect(found && (await text(found.body))).toBe('body');
  });

  test('a digest is that of the metadata or of a checksum over the whole', async () => {
    const put = (more: object) =>
      aws.world.s3.putObject({ Bucket: 'store', Key: 'k', Body: Buffer.from('body'), ...more });
    put({});
    expect((await objects().head('k'))?.sha256).toBeUndefined();
    put({ Metadata: { sha256 } });
    expect((await objects().head('k'))?.sha256).toBe(sha256);
    put({ Metadata: { sha256: 'nonsense' } });
    expect((await objects().head('k'))?.sha256).toBeUndefined();
  });

  test('a condition that does not hold is an answer', async () => {
    const first = await objects().put('k', 'one', { absent: true });
    expect(first?.etag).toBeTruthy();
    expect(await objects().put('k', 'two', { absent: true })).toBeUndefined();
    expect(await objects().put('k', 'two', { etag: first?.etag ?? '' })).toBeTruthy();
    expect(await objects().put('k', 'three', { etag: first?.etag ?? '' })).toBeUndefined();
  });

  test('lists all keys below a prefix', async () => {
    for (const key of ['a/1', 'a/2', 'b/1']) await objects().put(key, key);
    expect(await objects().list('a/')).toEqual(['a/1', 'a/2']);
    expect(await objects().list('none/')).toEqual([]);
  });

  test('fails when it could not ask', async () => {
    await objects().put('k', 'body');
    aws.world.faults.next('s3', 'GetObject', { error: new AwsError('AccessDenied', 'no', 403) });
    await expect(objects().get('k')).rejects.toMatchObject({
      name: 'AwsFailed',
      message: expect.stringContaining('could not read s3://store/k: AccessDenied'),
    });
  });
});
