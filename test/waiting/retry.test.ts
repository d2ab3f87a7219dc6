import { retry } from '../../lib/waiting/retry.ts';

const away = new Error('away');
const mayPass = (error: unknown) => error === away;

test('does again what an error that may pass kept from being done, and says so', async () => {
  const work = jest.fn().mockRejectedValueOnce(away).mockRejectedValueOnce(away).mockResolvedValue('done');
  const pauses: number[] = [];
  const failed = (_: unknown, pause: number) => pauses.push(pause);
  expect(await retry(work, [1, 2, 3], { mayPass, failed })).toBe('done');
  expect(pauses).toEqual([1, 2]);
});

test('sleeps as its caller does', async () => {
  const work = jest.fn().mockRejectedValueOnce(away).mockResolvedValue('done');
  const slept: number[] = [];
  const sleep = async (milliseconds: number) => slept.push(milliseconds);
  expect(await retry(work, [3_600_000], { mayPass, sleep })).toBe('done');
  expect(slept).toEqual([3_600_000]);
});

test('fails at once with an error that will not pass', async () => {
  const work = jest.fn().mockRejectedValue(new Error('never'));
  await expect(retry(work, [1, 2], { mayPass })).rejects.toThrow('never');
  expect(work).toHaveBeenCalledTimes(1);
});

test('fails with the last error after the last pause', async () => {
  const work = jest.fn().mockRejectedValue(away);
  await expect(retry(work, [1, 1], { mayPass })).rejects.toThrow('away');
  expect(work).toHaveBeenCalledTimes(3);
});
