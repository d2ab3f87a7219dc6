import { Closers } from '../../lib/rehearsal/closers.ts';

describe('what has to be ended', () => {
  it('ends in the opposite order of its start, once', async () => {
    const ended: string[] = [];
    const closers = new Closers();
    closers.add(() => ended.push('first'));
    closers.add(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      ended.push('second');
    });
    await Promise.all([closers.close(), closers.close()]);
    expect(ended).toEqual(['second', 'first']);
  });

  it('ends also when something fails to, and says what', async () => {
    const ended: string[] = [];
    const closers = new Closers();
    closers.add(() => ended.push('first'));
    closers.add(() => Promise.reject(new Error('stuck')));
    await expect(closers.close()).rejects.toThrow('not everything ended: stuck');
    expect(ended).toEqual(['first']);
  });

  it('ends at once what is added too late', async () => {
    const ended: string[] = [];
    const closers = new Closers();
    await closers.close();
    closers.add(() => ended.push('late'));
    expect(ended).toEqual(['late']);
  });
});
