import type { Outcome } from '../hosts/outcome.ts';
import type { Simulation } from '../simulation.ts';
import type { Act } from './schedule.ts';

/** Context of the acts. */
export interface ChaosRun {
  simulation: Simulation;
  /** Outcome of instances by commit. All others become ready. */
  outcomes: Map<string, Outcome>;
}

/** Does something and returns the name to count it under; undefined: there was nothing to act on. */
export type ChaosAction = (stage: ChaosRun, act: Act) => string | undefined;

/** Picks an item by a number; undefined when there are none. */
export function choose<T>(values: readonly T[], pick: number): T | undefined {
  return values.length > 0 ? values[pick % values.length] : undefined;
}

/** A whole number between two others. */
export function interpolate(least: number, most: number, amount: number): number {
  return least + Math.round(amount * Math.max(0, most - least));
}
