import { connection, storeOptions } from '../../lib/aws/connection.ts';
import { instanceStores } from '../../lib/aws/stores.ts';

test('the region is that of the environment, else the first of all', () => {
  expect(connection({ AWS_REGION: 'eu-west-1' }).region).toBe('eu-west-1');
  expect(connection({ AWS_DEFAULT_REGION: 'eu-west-2' }).region).toBe('eu-west-2');
  expect(connection({}).region).toBe('us-east-1');
});

test('calls are tried often enough for a thousand instances at once', () => {
  expect(connection({}).maxAttempts).toBe(10);
});

test('buckets stand in the path at endpoints that are not AWS', () => {
  expect(storeOptions({}).forcePathStyle).toBe(false);
  expect(storeOptions({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }).forcePathStyle).toBe(true);
});

test('an instance has all stores, each when it is needed', async () => {
  const stores = instanceStores({
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  });
  expect(stores.parameters.get).toBeInstanceOf(Function);
  expect((await stores.objects('store')).get).toBeInstanceOf(Function);
  expect((await stores.secrets()).get).toBeInstanceOf(Function);
  expect((await stores.lifecycle()).complete).toBeInstanceOf(Function);
});
