/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('median of no values');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** Ratio of two contestants over all rounds. */
export interface Ratio {
  median: number;
  least: number;
  most: number;
}

/**
 * The median of the ratios of pairs. A pair was measured in one round, one right after the other, so what disturbs the
 * machine for longer than a round disturbs both.
 */
export function ratioOfPairs(times: readonly number[], references: readonly number[]): Ratio {
  if (times.length !== references.length) {
    throw new RangeError(`pairs: found ${times.length} times and ${references.length} references`);
  }
  const ratios = times.map((time, index) => time / (references[index] as number));
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}

/** Times less what is not to be counted, pair by pair. */
export function beyond(times: readonly number[], start: readonly number[]): number[] {
  return times.map((time, index) => time - (start[index] as number));
}
