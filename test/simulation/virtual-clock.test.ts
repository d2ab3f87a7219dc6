import { VirtualClock } from '../../lib/simulation/virtual-clock.ts';

describe('VirtualClock', () => {
  test('timers fire in the order of their times, equal ones in the order in which they were set', async () => {
    const clock = new VirtualClock(0);
    const fired: string[] = [];
    for (const [name, at] of [
      ['c', 30],
      ['a', 10],
      ['b1', 20],
      ['b2', 20],
      ['late', 41],
    ] as const)
      clock.after(at, () => fired.push(`${name} at ${clock.now()}`));
    await clock.advance(40);
    expect(fired).toEqual(['a at 10', 'b1 at 20', 'b2 at 20', 'c at 30']);
    expect(clock.now()).toBe(40);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    expect(fired.at(-1)).toBe('late at 41');
  });

  test('what waits on promises runs before time goes on', async () => {
    const clock = new VirtualClock(0);
    const seen: number[] = [];
    const walk = async () => {
      for (const pause of [5, 5, 5]) {
        await new Promise<void>((resolve) => {
          clock.after(pause, resolve);
        });
        await Promise.resolve();
        seen.push(clock.now());
      }
      return 'done';
    };
    clock.after(7, () => seen.push(-clock.now()));
    await expect(clock.until(walk())).resolves.toBe('done');
    expect(seen).toEqual([5, -7, 10, 15]);
  });

  test('a cancelled timer never fires and does not hold time', async () => {
    const clock = new VirtualClock(0);
    const cancel = clock.after(10, () => {
      throw new Error('fired');
    });
    cancel();
    expect(clock.pending).toBe(0);
    await clock.advance(20);
  });

  test('thousands of timers in random order fire sorted', async () => {
    const clock = new VirtualClock(0);
    const fired: number[] = [];
    for (let index = 0; index < 2000; index += 1) {
      const at = (index * 7919) % 1009;
      clock.after(at, () => fired.push(at));
    }
    await clock.advance(1009);
    expect(fired).toEqual(fired.toSorted((a, b) => a - b));
    expect(fired).toHaveLength(2000);
  });

  test('fails when nothing is left to happen, or not soon enough', async () => {
    const clock = new VirtualClock(0);
    const never = new Promise(() => undefined);
    await expect(clock.until(never)).rejects.toThrow('nothing is left to happen');
    clock.after(1000, () => undefined);
    await expect(clock.until(never, 500)).rejects.toThrow('not settled within 500 ms');
  });

  test('gives a rejection on', async () => {
    const clock = new VirtualClock(0);
    const failing = new Promise((_, reject) => {
      clock.after(5, () => reject(new Error('broken')));
    });
    await expect(clock.until(failing)).rejects.toThrow('broken');
  });
});
