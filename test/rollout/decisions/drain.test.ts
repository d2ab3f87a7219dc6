import { drainable, drainPoll, judgeDrained } from '../../../lib/rollout/decisions/drain.ts';

const now = Date.parse('2026-11-22T10:00:00.000Z');
const in_ = (seconds: number) => new Date(now + seconds * 1000).toISOString();

test('deregisters what is not draining yet', () => {
  expect(
    drainable([
      { id: 'a', state: 'healthy' },
      { id: 'b', state: 'draining' },
    ]),
  ).toEqual(['a']);
});

test('is drained when no target is left', () => {
  expect(judgeDrained([])).toEqual({ ready: true });
  expect(judgeDrained([{ id: 'a', state: 'draining' }])).toEqual({
    ready: false,
    because: '1 targets are left: a draining',
  });
});

test('the longest delay takes a few hundred looks at most', () => {
  let looks = 0;
  for (let at = 0; at < 3720; at += drainPoll(1, in_(3720), now + at * 1000)) looks += 1;
  expect(looks).toBeLessThan(300);
  expect(drainPoll(5, in_(-1), now)).toBe(5);
});
