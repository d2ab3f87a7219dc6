import { Events } from '../../../lib/agent/host/events.ts';
import { type RetryLimits, retryFor } from '../../../lib/agent/host/retry.ts';
import { HoldfastError } from '../../../lib/release/errors.ts';

describe('retrying', () => {
  const lines: string[] = [];
  const events = new Events((line) => lines.push(line));
  const patience: RetryLimits = { passing: ['GitFailed'], seconds: 60, first: 1, most: 2 };
  const away = new HoldfastError('GitFailed', 'the host is away');

  it('does again what an error that may pass kept from being done, and says so', async () => {
    let left = 3;
    const work = async () => {
      if (left > 0) {
        left -= 1;
        throw away;
      }
      return 'done';
    };
    expect(await retryFor(events, patience, work)).toBe('done');
    const told = lines.map((line) => JSON.parse(line));
    expect(told).toHaveLength(3);
    expect(told[0]).toMatchObject({ event: 'trying again', because: 'the host is away' });
  });

  it('fails at once with an error that will not pass', async () => {
    const work = jest.fn().mockRejectedValue(new HoldfastError('UnknownCommit', 'no such commit'));
    await expect(retryFor(events, patience, work)).rejects.toThrow('no such commit');
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('fails with the last error when time is up', async () => {
    const work = jest.fn().mockRejectedValue(away);
    await expect(retryFor(events, { ...patience, seconds: 0 }, work)).rejects.toThrow('the host is away');
    expect(work).toHaveBeenCalledTimes(1);
  });
});
