import { hasFailed, parseStates } from '../../../lib/agent/refresh/watched-services.ts';

const shown = `ActiveState=active
ActiveEnterTimestampMonotonic=5000000

ActiveState=failed
ActiveEnterTimestampMonotonic=0

ActiveState=inactive
ActiveEnterTimestampMonotonic=0
`;

it('reads what systemctl shows of each unit', () => {
  expect(parseStates(shown, 25_000_000)).toEqual([
    { state: 'active', seconds: 20 },
    { state: 'failed', seconds: 25 },
    { state: 'inactive', seconds: 25 },
  ]);
});

it('takes a unit that nothing is said of for unknown', () => {
  expect(parseStates('', 0)).toMatchObject([{ state: 'unknown' }]);
});

describe('a watched service', () => {
  const was = (state: string, seconds = 60) => ({ state, seconds });

  it('is well while it is up, and when nobody restarted it', () => {
    expect(hasFailed(was('active'), was('inactive'))).toBe(false);
    expect(hasFailed(was('inactive'), was('inactive'))).toBe(false);
  });

  it('has failed when systemd gave it up', () => {
    expect(hasFailed(was('failed'), was('inactive'))).toBe(true);
  });

  it('has failed when its restart did and it is down, or keeps being started', () => {
    expect(hasFailed(was('inactive'), was('failed'))).toBe(true);
    expect(hasFailed(was('activating'), was('failed'))).toBe(true);
    expect(hasFailed(was('active', 1), was('failed'))).toBe(true);
  });

  it('is well again once it has stayed up, however it got there', () => {
    expect(hasFailed(was('active', 30), was('failed'))).toBe(false);
  });
});
