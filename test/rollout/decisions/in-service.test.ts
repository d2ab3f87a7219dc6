import { healthyCount, judgeInService, judgeRunning } from '../../../lib/rollout/decisions/in-service.ts';

const fleet = {
  name: 'green',
  instances: [
    { id: 'i-1', lifecycle: 'InService' },
    { id: 'i-2', lifecycle: 'InService' },
    { id: 'i-3', lifecycle: 'Terminating:Wait' },
  ],
};
const target = (id: string, state: string, reason?: string) => ({ id, state, ...(reason && { reason }) });

test('counts healthy targets that are instances of the fleet in service', () => {
  const targets = [
    target('i-1', 'healthy'),
    target('i-2', 'initial'),
    target('i-3', 'healthy'),
    target('i-9', 'healthy'),
  ];
  expect(healthyCount(fleet, targets)).toBe(1);
});

test('is ready with as many as needed', () => {
  expect(judgeInService(fleet, [target('i-1', 'healthy'), target('i-2', 'healthy')], 2)).toEqual({
    ready: true,
  });
});

test('says how many are missing and why', () => {
  expect(
    judgeInService(fleet, [target('i-1', 'healthy'), target('i-2', 'unhealthy', 'Target.Timeout')], 2),
  ).toEqual({
    ready: false,
    because: 'fleet green has 1 healthy targets, 2 are needed: i-2 unhealthy (Target.Timeout)',
  });
});

test('needs at least one, whatever is asked', () => {
  expect(judgeInService(fleet, [], 0).ready).toBe(false);
  expect(judgeRunning({ name: 'x', instances: [] }, 0).ready).toBe(false);
});

test('counts instances in service where no load balancer does', () => {
  expect(judgeRunning(fleet, 2)).toEqual({ ready: true });
  expect(judgeRunning(fleet, 3)).toEqual({
    ready: false,
    because: 'fleet green has 2 instances in service, 3 are needed: i-3 Terminating:Wait',
  });
});
