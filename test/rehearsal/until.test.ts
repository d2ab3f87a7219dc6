import { until } from '../../lib/rehearsal/until.ts';

describe('waiting', () => {
  const never = () => undefined;
  const { signal } = new AbortController();

  it('gives what it waited for', async () => {
    const values = [undefined, undefined, 'there'];
    expect(await until(() => values.shift(), { what: 'it', seconds: 5, signal })).toBe('there');
  });

  it('ends when the time is over, and says what did not come', async () => {
    await expect(until(never, { what: 'the fleet', seconds: 0.01, signal })).rejects.toThrow(
      'the fleet: nothing within 0.01 seconds',
    );
  });

  it('ends when it is interrupted', async () => {
    const controller = new AbortController();
    const waiting = until(never, { what: 'it', seconds: 60, signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toThrow('aborted');
  });
});
