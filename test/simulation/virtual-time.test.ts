import { setTimeout as sleep } from 'node:timers/promises';
import { VirtualTime } from '../../lib/simulation/virtual-time.ts';
import { until } from '../support/until.ts';

let time: VirtualTime;

beforeEach(() => {
  time = new VirtualTime(1);
});
afterEach(() => time.uninstall());

const hour = 3_600_000;

test('an hour passes at once, in the order of its timers', async () => {
  const seen: number[] = [];
  setTimeout(() => seen.push(2), 2_000);
  time.after(1_000, () => seen.push(1));
  const cancel = time.after(1_500, () => seen.push(0));
  cancel();
  await time.advance(hour);
  expect(seen).toEqual([1, 2]);
  expect(Date.now()).toBe(time.start + hour);
  expect(time.now()).toBe(Date.now());
});

test('what waits on promises, timers and the clock of others waits in this time', async () => {
  await time.until(sleep(5_000));
  expect(Date.now()).toBe(time.start + 5_000);
  const answer = await time.until(
    until(15, async () => (Date.now() > time.start + 9_000 ? 'there' : undefined)),
  );
  expect(answer).toBe('there');
});

test('a date is one of this time, and dates from before are dates', () => {
  time.uninstall();
  const before = new Date(5);
  time = new VirtualTime(1);
  expect(new Date().toISOString()).toBe('2026-01-01T00:00:00.000Z');
  expect(new Date('2026-11-22T10:00:00Z').toISOString()).toBe('2026-11-22T10:00:00.000Z');
  expect(before instanceof Date && new Date() instanceof Date).toBe(true);
});

test('tells after each timer, once all that it set going has run', async () => {
  const seen: string[] = [];
  time.happened = () => seen.push('happened');
  time.after(1, async () => {
    await Promise.resolve();
    seen.push('timer');
  });
  await time.advance(1);
  expect(seen).toEqual(['timer', 'happened', 'happened']);
});

test('fails when nothing is left to happen, or not in time', async () => {
  await expect(time.until(new Promise(() => undefined))).rejects.toThrow('virtual time stands still');
  const far = time.sleep(2 * hour);
  await expect(time.until(Promise.all([far, time.sleep(3 * hour)]), hour)).rejects.toThrow(
    'not settled within',
  );
});

test('random numbers are those of the seed, and the process has its own back at the end', () => {
  const first = Math.random();
  time.uninstall();
  time = new VirtualTime(1);
  expect(Math.random()).toBe(first);
  time.uninstall();
  expect(Math.abs(Date.now() - time.start)).toBeGreaterThan(1_000);
  time = new VirtualTime(1);
});
