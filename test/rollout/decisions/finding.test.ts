import { answerFor, extendWait, notReady, ready, startWait } from '../../../lib/rollout/decisions/finding.ts';

const now = Date.parse('2026-11-22T10:00:00.000Z');
const look = { now, poll: 5, error: 'NotInService' } as const;

test('a wait begins with its deadline and how far it may move', () => {
  expect(startWait(now, 60, 30)).toEqual({
    deadline: '2026-11-22T10:01:00.000Z',
    latest: '2026-11-22T10:01:30.000Z',
  });
});

test('a deadline moves on, never back and never beyond the latest', () => {
  const wait = startWait(now, 60, 30);
  expect(extendWait(wait, now, 75).deadline).toBe('2026-11-22T10:01:15.000Z');
  expect(extendWait(wait, now, 10).deadline).toBe(wait.deadline);
  expect(extendWait(wait, now, 900).deadline).toBe(wait.latest);
});

test('a finding is ready, waits with its reason, or is overdue from the deadline on', () => {
  expect(answerFor(ready, startWait(now, 60), look)).toMatchObject({ outcome: 'ready', because: '' });
  expect(answerFor(notReady('x'), startWait(now, 60), look)).toEqual({
    outcome: 'waiting',
    because: 'x',
    error: 'NotInService',
    poll: 5,
    ...startWait(now, 60),
  });
  expect(answerFor(notReady('x'), startWait(now, 0), look).outcome).toBe('overdue');
  expect(answerFor(ready, startWait(now, 0), look).outcome).toBe('ready');
});

test('nothing of a former answer but its bounds outlives it', () => {
  const former = answerFor(notReady('x'), startWait(now, 60), look);
  expect(answerFor(ready, former, look)).toEqual({
    outcome: 'ready',
    because: '',
    error: 'NotInService',
    poll: 5,
    ...startWait(now, 60),
  });
  expect(extendWait(former, now, 10)).toMatchObject(startWait(now, 60));
});
