import { parseEntry } from '../../../lib/agent/log/entry.ts';

const always = { __CURSOR: 's=1;i=2', __REALTIME_TIMESTAMP: '1764150000123456' };
const parsed = (fields: object) => parseEntry(JSON.stringify({ ...always, ...fields }));

describe('an entry of the journal', () => {
  it('is a line with its writer, at the time of its writing', () => {
    expect(parsed({ MESSAGE: 'hello', SYSLOG_IDENTIFIER: 'site', _COMM: 'node', _PID: '7' })).toEqual({
      cursor: 's=1;i=2',
      event: { timestamp: 1_764_150_000_123, message: 'site[7]: hello' },
    });
  });

  it.each([
    [{ MESSAGE: 'up', SYSLOG_IDENTIFIER: 'kernel' }, 'kernel: up'],
    [{ MESSAGE: 'hi', _COMM: 'node', _PID: '7' }, 'node[7]: hi'],
    [{ MESSAGE: 'hi', SYSLOG_IDENTIFIER: 'cron', SYSLOG_PID: '8', _PID: '7' }, 'cron[8]: hi'],
    [{ MESSAGE: [104, 105, 255], _COMM: 'a' }, 'a: hi\ufffd'],
    [{ MESSAGE: ['one', [116, 119, 111]], _COMM: 'a' }, 'a: one two'],
    [{ MESSAGE: null, _COMM: 'a' }, 'a: '],
    [{}, 'unknown: '],
  ])('%j is %s', (fields, message) => {
    expect(parsed(fields)?.event?.message).toBe(message);
  });

  it('is passed over when it is the note of a shipment itself', () => {
    const MESSAGE = 'pid=1 uid=0 msg=\'unit=holdfast-log comm="systemd" res=success\'';
    expect(parsed({ MESSAGE, _TRANSPORT: 'audit' })).toEqual({ cursor: 's=1;i=2' });
    expect(parsed({ MESSAGE, _TRANSPORT: 'stdout' })?.event).toBeDefined();
  });

  it.each(['', '{', '[]', '{"MESSAGE":"without a cursor"}'])('is not made of %j', (line) => {
    expect(parseEntry(line)).toBeUndefined();
  });
});
