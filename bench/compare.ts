import { type Times, timesOf } from './rounds.ts';
import { median, ratioOfPairs } from './statistics.ts';
import { ratio, seconds, type Table } from './table.ts';

/** Each contestant's median, and what part of each reference's time it took. */
export function comparison(times: Times, references: readonly string[]): Table {
  const present = references.filter((name) => name in times);
  return {
    head: ['', 'seconds', ...present.map((name) => `of ${name}`)],
    rows: Object.entries(times).map(([name, all]) => [
      name,
      seconds(median(all)),
      ...present.map((reference) =>
        reference === name ? '1' : ratio(ratioOfPairs(all, timesOf(times, reference))),
      ),
    ]),
  };
}

/** Median ratio of two contestants. */
export function medianRatio(times: Times, name: string, reference: string): number {
  return ratioOfPairs(timesOf(times, name), timesOf(times, reference)).median;
}
