import { attempts } from '../../lib/aws/connection.ts';
import { lambdaConnection, store } from '../../lib/lambda/connect.ts';
import { onLambda } from '../../lib/lambda/handler.ts';

process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';

const variables = { HOLDFAST_ENVIRONMENT: 'prod', HOLDFAST_BUCKET: 'store', AWS_REGION: 'eu-west-1' };

test('a step gets what its environment says', () => {
  expect(store(lambdaConnection(variables))).toMatchObject({ environment: 'prod', bucket: 'store' });
  expect(lambdaConnection(variables).options).toEqual({ region: 'eu-west-1', maxAttempts: attempts.step });
});

test('refuses an environment without the bucket, by name', () => {
  expect(() => store(lambdaConnection({ HOLDFAST_ENVIRONMENT: 'prod' }))).toThrow(
    'HOLDFAST_BUCKET: found nothing',
  );
});

test('a handler connects with the first event, once, and lets errors pass', async () => {
  const connect = jest.fn(() => ({ factor: 2 }));
  async function double(event: number, { factor }: { factor: number }) {
    if (event < 0) throw new Error('below zero');
    return event * factor;
  }
  const handler = onLambda(double, connect);
  expect(connect).not.toHaveBeenCalled();
  expect(await Promise.all([handler(1), handler(2)])).toEqual([2, 4]);
  expect(connect).toHaveBeenCalledTimes(1);
  await expect(handler(-1)).rejects.toThrow('below zero');
});
