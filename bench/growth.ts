import { chart } from './chart.ts';
import { type Times, timesOf } from './rounds.ts';
import { median, ratioOfPairs } from './statistics.ts';
import { ratio, seconds, type Table } from './table.ts';

/** Rounds that count at one size: a curve needs no more. */
export const growthPairs = 3;

/** Times at one size. */
export interface Step {
  size: number;
  times: Times;
}

/** How two contestants' times grow, and their ratio. */
export function growthTable(axis: string, steps: readonly Step[], own: string, reference: string): Table {
  return {
    head: [axis, `${own}, seconds`, `${reference}, seconds`, 'ratio'],
    rows: steps.map(({ size, times }) => [
      size.toLocaleString('en'),
      seconds(median(timesOf(times, own))),
      seconds(median(timesOf(times, reference))),
      ratio(ratioOfPairs(timesOf(times, own), timesOf(times, reference))),
    ]),
  };
}

export function growthChart(title: string, axis: string, steps: readonly Step[], lines: string[]): string {
  return chart(
    title,
    axis,
    steps.map(({ size }) => size),
    lines.map((name) => ({ name, values: steps.map(({ times }) => median(timesOf(times, name))) })),
  );
}
