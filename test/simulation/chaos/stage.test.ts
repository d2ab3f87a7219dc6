import { choose, interpolate } from '../../../lib/simulation/chaos/stage.ts';

test('a number chooses among what there is', () => {
  expect(choose(['a', 'b', 'c'], 4)).toBe('b');
  expect(choose([], 4)).toBeUndefined();
});

test('an amount is a whole number between two others', () => {
  expect([0, 0.5, 1].map((amount) => interpolate(2, 6, amount))).toEqual([2, 4, 6]);
  expect(interpolate(3, 1, 1)).toBe(3);
});
