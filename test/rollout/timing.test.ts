import { loopEvents, rolloutSchema, storedRolloutSchema } from '../../lib/config/rollout-times.ts';
import {
  lambdaSeconds,
  lateWriterSeconds,
  machineTimeoutHours,
  settlePatienceSeconds,
} from '../../lib/rollout/timing.ts';

const most = {
  readySeconds: 7200,
  inServiceSeconds: 3600,
  drainSeconds: 3600,
  terminateSeconds: 7200,
  restoreSeconds: 7200,
};

test('a take-over waits longer than a Lambda can run', () => {
  expect(lateWriterSeconds).toBeGreaterThan(lambdaSeconds);
});

test('an execution lives longer than all its waits together can', () => {
  const seconds =
    3 * most.readySeconds +
    most.inServiceSeconds +
    most.restoreSeconds +
    most.drainSeconds +
    most.terminateSeconds;
  expect(machineTimeoutHours * 3600).toBeGreaterThan(seconds + settlePatienceSeconds);
});

test('the wait loops stay far below the most events of an execution', () => {
  expect(loopEvents(rolloutSchema.parse({}))).toBeLessThan(15_000);
  expect(() => rolloutSchema.parse({ ...most, pollSeconds: 1 })).toThrow(
    'a longer pause or shorter deadlines',
  );
  expect(loopEvents(rolloutSchema.parse({ ...most, pollSeconds: 30 }))).toBeLessThan(25_000);
});

test('no service trusts the load balancer to apply weights at once; the stored times of a rehearsal may', () => {
  expect(() => rolloutSchema.parse({ ruleSeconds: 0 })).toThrow('>=1');
  expect(rolloutSchema.parse({}).ruleSeconds).toBe(30);
  expect(storedRolloutSchema.parse({ ruleSeconds: 0 }).ruleSeconds).toBe(0);
});
