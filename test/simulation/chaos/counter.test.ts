import { Counter } from '../../../lib/simulation/chaos/counter.ts';

test('counts by kind; what is expected stands there with zero', () => {
  const tally = new Counter(['git server down', 'throttled']);
  tally.add('throttled');
  tally.addAll({ throttled: 2, denied: 1 });
  expect(tally.counts).toEqual({ 'git server down': 0, throttled: 3, denied: 1 });
});
