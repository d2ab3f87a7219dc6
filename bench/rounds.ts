import { performance } from 'node:perf_hooks';

/** One way to do a job. */
export interface Contestant {
  name: string;
  /** Prepares a round; not timed. */
  prepare?(round: number): Promise<void>;
  run(round: number): Promise<void>;
  /** Throws unless the job was done; not timed. */
  check?(round: number): Promise<void>;
}

/** Seconds of each round, by contestant. */
export type Times = Record<string, number[]>;

/** Order of the contestants in a round: each round starts with another, so that none always follows the same one. */
export function turns<T>(all: readonly T[], round: number): T[] {
  const first = round % Math.max(1, all.length);
  return [...all.slice(first), ...all.slice(0, first)];
}

/** Lets contestants do the job in turn. Round 0 fills the caches of the machine and is not counted. */
export async function compete(contestants: readonly Contestant[], pairs: number): Promise<Times> {
  const times: Times = Object.fromEntries(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round <= pairs; round += 1) {
    for (const contestant of turns(contestants, round)) {
      const seconds = await timed(contestant, round);
      if (round > 0) times[contestant.name]?.push(seconds);
    }
  }
  return times;
}

async function timed(contestant: Contestant, round: number): Promise<number> {
  await contestant.prepare?.(round);
  const start = performance.now();
  await contestant.run(round);
  const seconds = (performance.now() - start) / 1000;
  await contestant.check?.(round);
  return seconds;
}

/** The times of a contestant that took part. */
export function timesOf(times: Times, name: string): number[] {
  const found = times[name];
  if (!found) throw new Error(`${name} did not take part; these did: ${Object.keys(times).join(', ')}`);
  return found;
}
