import { ScopedClock } from '../../lib/local-aws/model/scoped-clock.ts';
import { realClock } from '../../lib/local-aws/real-clock.ts';
import { VirtualClock } from '../../lib/simulation/virtual-clock.ts';

describe('the real clock', () => {
  test('fires, unless it is cancelled', async () => {
    const fired: string[] = [];
    const cancel = realClock.after(1, () => fired.push('cancelled'));
    cancel();
    await new Promise<void>((resolve) => {
      realClock.after(5, resolve);
    });
    expect(fired).toEqual([]);
    expect(Math.abs(realClock.now() - Date.now())).toBeLessThan(1000);
  });
});

describe('a scoped clock', () => {
  test('cancels all that is pending when it is closed, and nothing of others', async () => {
    const outer = new VirtualClock(0);
    const scoped = new ScopedClock(outer);
    const fired: string[] = [];
    outer.after(10, () => fired.push('outer'));
    scoped.after(5, () => fired.push('before'));
    scoped.after(10, () => fired.push('after'));
    await outer.advance(5);
    scoped.close();
    scoped.after(1, () => fired.push('closed'));
    await outer.advance(20);
    expect(fired).toEqual(['before', 'outer']);
  });
});
