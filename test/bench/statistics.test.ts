import { beyond, median, ratioOfPairs } from '../../bench/statistics.ts';

it('takes the middle value, or the mean of the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
});

it('leaves the given values in their order', () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});

it('refuses the median of nothing', () => {
  expect(() => median([])).toThrow('no values');
});

it('compares pair by pair, so that a slow round disturbs nothing', () => {
  const slowSecondRound = ratioOfPairs([2, 20, 4], [1, 10, 2]);
  expect(slowSecondRound).toEqual({ median: 2, least: 2, most: 2 });
});

it('gives the spread of the ratios', () => {
  expect(ratioOfPairs([1, 2, 6], [2, 2, 2])).toEqual({ median: 1, least: 0.5, most: 3 });
});

it('refuses times that are no pairs', () => {
  expect(() => ratioOfPairs([1, 2], [1])).toThrow('2 times and 1 references');
});

it('takes off what is not to be counted, pair by pair', () => {
  expect(beyond([5, 7], [1, 2])).toEqual([4, 5]);
});
