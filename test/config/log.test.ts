import { logSchema } from '../../lib/config/log.ts';

describe('the log of the instances', () => {
  test('is looked at every minute and kept for half a year by default', () => {
    expect(logSchema.parse({})).toEqual({ everySeconds: 60, retentionDays: 180 });
  });

  test.each([{ retentionDays: 100 }, { retentionDays: 0 }, { everySeconds: 1 }])(
    'refuses what CloudWatch does not take, and a look every second: %j',
    (log) => {
      expect(logSchema.safeParse(log).success).toBe(false);
    },
  );
});
