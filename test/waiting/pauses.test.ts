import { growingPauses } from '../../lib/waiting/pauses.ts';

/** Pauses that are slept to their end. */
function taken(options: { seconds: number; first: number; most: number; factor?: number }): number[] {
  let time = 0;
  const all: number[] = [];
  for (const pause of growingPauses({ ...options, now: () => time })) {
    all.push(pause);
    time += pause;
  }
  return all;
}

test('pauses double up to the longest, and end with the time', () => {
  expect(taken({ seconds: 2, first: 100, most: 500 })).toEqual([100, 200, 400, 500, 500, 300]);
  expect(taken({ seconds: 0.1, first: 50, most: 50 })).toEqual([50, 50]);
});

test('there is none when there is no time', () => {
  expect(taken({ seconds: 0, first: 100, most: 500 })).toEqual([]);
});

test('grows by another factor', () => {
  expect(taken({ seconds: 1, first: 100, most: 300, factor: 3 })).toEqual([100, 300, 300, 300]);
});

test('jitter takes up to half of a pause away', () => {
  const [pause = 0] = growingPauses({ seconds: 10, first: 1000, most: 1000, jitter: true, now: () => 0 });
  expect(pause).toBeGreaterThanOrEqual(500);
  expect(pause).toBeLessThanOrEqual(1000);
});
