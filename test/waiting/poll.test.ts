import { until } from '../../lib/aws/until.ts';

test('asks at least once, and gives the answer', async () => {
  expect(await until(0, async () => 'answer')).toBe('answer');
  expect(await until(0, async () => undefined)).toBeUndefined();
});

test('asks again until there is an answer', async () => {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    return asked < 3 ? undefined : asked;
  };
  expect(await until(10, ask)).toBe(3);
});

test('does not hide an error', async () => {
  await expect(until(10, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
