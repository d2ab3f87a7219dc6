import { growingPauses } from '../../lib/waiting/pauses.ts';
import { poll } from '../../lib/waiting/poll.ts';

const pauses = (seconds: number) => growingPauses({ seconds, first: 1, most: 4 });

test('looks at least once, and gives what is there', async () => {
  expect(await poll(async () => 'answer', pauses(0))).toBe('answer');
  expect(await poll(async () => undefined, pauses(0))).toBeUndefined();
});

test('looks again until there is something', async () => {
  let looks = 0;
  const look = async () => {
    looks += 1;
    return looks < 3 ? undefined : looks;
  };
  expect(await poll(look, pauses(10))).toBe(3);
});

test('looks once more after the last pause', async () => {
  const slept: number[] = [];
  let looks = 0;
  const sleep = async (milliseconds: number) => slept.push(milliseconds);
  const look = () => (++looks > 2 ? 'late' : undefined);
  expect(await poll(look, [5, 7], { sleep })).toBe('late');
  expect(slept).toEqual([5, 7]);
});

test('does not hide an error', async () => {
  await expect(poll(() => Promise.reject(new Error('no')), pauses(10))).rejects.toThrow('no');
});

test('ends with the reason of its signal', async () => {
  const controller = new AbortController();
  const waiting = poll(() => undefined, [60_000], { signal: controller.signal });
  controller.abort();
  await expect(waiting).rejects.toThrow('aborted');
});
