import { Batch, longestMessage } from '../../../lib/agent/log/batch.ts';

const hour = 3_600_000;
const event = (message: string, timestamp = 0) => ({ timestamp, message });

/** How many of these events a batch takes, the last of them left out. */
const taken = (events: { timestamp: number; message: string }[]) => {
  const batch = new Batch();
  const refused = events.findIndex((each) => !batch.add(each));
  return refused === -1 ? events.length : refused;
};

describe('a batch', () => {
  it('takes 10,000 events and no more', () => {
    expect(taken(Array.from({ length: 10_002 }, () => event('')))).toBe(10_000);
  });

  it('takes a quarter of a MiB of UTF-8, 26 bytes counted for each event, to the last byte', () => {
    expect(taken([event('m'.repeat(longestMessage)), event('')])).toBe(1);
    const almost = event('ü'.repeat((longestMessage - 28) / 2));
    expect(taken([almost, event('mm')])).toBe(2);
    expect(taken([almost, event('mmm')])).toBe(1);
  });

  it('spans a day and no more, whichever way the clock went', () => {
    expect(taken([event('a', 0), event('b', 24 * hour)])).toBe(2);
    expect(taken([event('a', 0), event('b', 24 * hour + 1)])).toBe(1);
    expect(taken([event('a', 24 * hour + 1), event('b', 0)])).toBe(1);
  });

  it('gives its events in the order of their times, those of one time as they came', () => {
    const batch = new Batch();
    for (const each of [event('b', 2), event('c', 2), event('a', 1)]) batch.add(each);
    expect(batch.events.map(({ message }) => message)).toEqual(['a', 'b', 'c']);
  });

  it('cuts a message that CloudWatch would not take, between two characters, and says so', () => {
    const batch = new Batch();
    batch.add(event('ü'.repeat(longestMessage)));
    const [{ message = '' } = {}] = batch.events;
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(longestMessage);
    expect(message.slice(-12)).toBe('üü ... (cut)');
    expect(message).not.toContain('\ufffd');
  });
});
