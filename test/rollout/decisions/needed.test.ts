import fc from 'fast-check';
import { configuredLimits, neededInstances, raisedLimits } from '../../../lib/rollout/decisions/needed.ts';

const sizes = fc
  .tuple(fc.nat(50), fc.nat(50), fc.nat(50))
  .map((three) => three.toSorted((a, b) => a - b))
  .map(([min = 0, desired = 0, max = 0]) => ({ min, desired, max }));

test('a candidate needs what the live fleet is asked to have, and never fewer than configured', () => {
  expect(neededInstances(2, 5)).toBe(5);
  expect(neededInstances(2, 1)).toBe(2);
  expect(neededInstances(2, undefined)).toBe(2);
});

/** Sizes of a group after its limits were changed: the desired size follows into them. */
function limited<T extends { desired: number }>(group: T, limits: { min: number; max: number } | undefined) {
  const { min, max } = { ...group, ...limits } as T & { min: number; max: number };
  return { min, max, desired: Math.min(max, Math.max(min, group.desired)) };
}

test('raising never lowers anything and always reaches the size', () => {
  fc.assert(
    fc.property(sizes, fc.nat(60), (group, size) => {
      const raised = limited(group, raisedLimits(group, size));
      expect(raised.min).toBeGreaterThanOrEqual(Math.max(group.min, size));
      expect(raised.desired).toBeGreaterThanOrEqual(Math.max(group.desired, size));
      expect(raised.max).toBeGreaterThanOrEqual(raised.desired);
      expect(raisedLimits(raised, size)).toBeUndefined();
    }),
  );
});

test('configured limits are asked for once, and say nothing of the size between them', () => {
  const capacity = { min: 2, max: 4 };
  expect(configuredLimits({ min: 5, max: 9 }, capacity)).toEqual({ min: 2, max: 4 });
  expect(configuredLimits({ min: 1, max: 1 }, capacity)).toEqual({ min: 2, max: 4 });
  expect(configuredLimits({ min: 2, max: 4 }, capacity)).toBeUndefined();
});
