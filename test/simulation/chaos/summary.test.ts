import { summary } from '../../../lib/simulation/chaos/summary.ts';

test('the last lines: what was injected, schedules, violations', () => {
  const injected = { throttled: 12, 'event lost': 0 };
  expect(summary({ injected, schedules: 100, violations: 1, seconds: 4 }).split('\n')).toEqual([
    'injected:',
    '  throttled         12',
    '  event lost         0',
    'never injected: event lost',
    'schedules: 100 in 4 s, 25.0 a second',
    'violations: 1',
  ]);
});

test('says nothing of kinds that were never injected when there are none', () => {
  expect(summary({ injected: { throttled: 1 }, schedules: 1, violations: 0, seconds: 1 })).not.toContain(
    'never',
  );
});
