import type { Outcome } from '../hosts/outcome.ts';
import type { Simulation } from '../simulation.ts';
import type { Act } from './schedule.ts';

/** What acts work on. */
export interface ChaosRun {
  simulation: Simulation;
  /** What becomes of the instances of a commit; all others get ready. */
  outcomes: Map<string, Outcome>;
}

/** Does something to a stage and says under which name it counts; undefined: there is nothing to do it to. */
export type ChaosAction = (stage: ChaosRun, act: Act) => string | undefined;

/** One of several, by a number; undefined when there are none. */
export function choose<T>(values: readonly T[], pick: number): T | undefined {
  return values.length > 0 ? values[pick % values.length] : undefined;
}

/** A whole number between two others. */
export function between(least: number, most: number, amount: number): number {
  return least + Math.round(amount * Math.max(0, most - least));
}
