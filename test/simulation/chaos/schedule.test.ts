import { describeSchedule, type Schedule } from '../../../lib/simulation/chaos/schedule.ts';

test('a schedule reads as a list of what goes wrong and what is done', () => {
  const schedule: Schedule = {
    seed: 7,
    service: 'web',
    capacity: { min: 1, max: 3 },
    bootSeconds: 20,
    transitMilliseconds: 50,
    losesEvents: 2,
    flaws: [{ launch: 3, outcome: 'dies' }],
    faults: [{ kind: 'throttled', of: 'boot', skip: 2, times: 3, milliseconds: 9 }],
    acts: [
      { kind: 'deploy', milliseconds: 0, pick: 0, amount: 0 },
      { kind: 'stop', at: 'shift', milliseconds: 500, pick: 1, amount: 0.5 },
    ],
  };
  expect(describeSchedule(schedule).split('\n').slice(-4)).toEqual([
    '  instance 3 dies',
    '  throttled: 3 x for boot after 2 calls (9 ms)',
    '  after 0 ms: deploy (0, 0.00)',
    '  at shift, after 500 ms: stop (1, 0.50)',
  ]);
});
