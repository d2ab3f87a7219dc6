import { connection, storeOptions } from '../../lib/aws/connection.ts';
import { instanceClients } from '../../lib/aws/instance-clients.ts';
import { lambdaSeconds } from '../../lib/rollout/timing.ts';

test('the region is that of the environment, else the first of all', () => {
  expect(connection({ AWS_REGION: 'eu-west-1' }, 'step').region).toBe('eu-west-1');
  expect(connection({ AWS_DEFAULT_REGION: 'eu-west-2' }, 'step').region).toBe('eu-west-2');
  expect(connection({}, 'step').region).toBe('us-east-1');
});

test('calls are tried often enough for a thousand instances at once', () => {
  expect(connection({}, 'instance').maxAttempts).toBe(10);
});

test('a step gives up on a call before its Lambda has to end', () => {
  const { maxAttempts } = connection({}, 'step');
  const pauses = Array.from({ length: maxAttempts - 1 }, (_, retry) => Math.min(20, 0.5 * 2 ** retry));
  expect(pauses.reduce((sum, pause) => sum + pause)).toBeLessThan(lambdaSeconds - 5);
});

test('buckets stand in the path at endpoints that are not AWS', () => {
  expect(storeOptions({}).forcePathStyle).toBe(false);
  expect(storeOptions({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }).forcePathStyle).toBe(true);
});

test('an instance has all stores, each when it is needed', async () => {
  const stores = instanceClients({
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  });
  expect(stores.parameters.get).toBeInstanceOf(Function);
  expect((await stores.objects('store')).get).toBeInstanceOf(Function);
  expect((await stores.secrets()).get).toBeInstanceOf(Function);
  expect((await stores.lifecycle()).complete).toBeInstanceOf(Function);
});
