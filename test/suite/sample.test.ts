import { isDrawn, sampleBy } from '../support/suite/sample.ts';

const cases = Array.from({ length: 30 }, (_, index) => index);
const days = Array.from({ length: 60 }, (_, index) => `day ${index}`);

describe('a sample of a long matrix', () => {
  it('is a part of stated size, in the order of the whole', () => {
    const third = sampleBy('day', cases, 1 / 3);
    expect(third).toHaveLength(10);
    expect(third).toEqual(third.toSorted((a, b) => a - b));
  });

  it('is the same with the same seed, and another one with another', () => {
    expect(sampleBy('one', cases, 1 / 3)).toEqual(sampleBy('one', cases, 1 / 3));
    expect(sampleBy('one', cases, 1 / 3)).not.toEqual(sampleBy('two', cases, 1 / 3));
  });

  it('misses no case for long', () => {
    const tried = new Set(days.flatMap((day) => sampleBy(day, cases, 1 / 3)));
    expect(tried.size).toBe(cases.length);
  });

  it('draws each case of a matrix that is written out on some days, and not on all', () => {
    const drawn = days.filter((day) => isDrawn(day, 'a case', 1 / 3));
    expect(drawn.length).toBeGreaterThan(days.length / 6);
    expect(drawn.length).toBeLessThan(days.length / 2);
    expect(days.every((day) => isDrawn(day, 'a case', 1))).toBe(true);
  });

  it('has at least one case, and all of them for a share of one', () => {
    expect(sampleBy('day', cases, 0.001)).toHaveLength(1);
    expect(sampleBy('day', cases, 1)).toEqual(cases);
    expect(sampleBy('day', [], 0.5)).toEqual([]);
  });
});
