import type { Fleet } from './fleet.ts';

/**
 * Instances that a fleet needs before it may carry the traffic: the desired size of the live fleet (`live`), and at
 * least the configured minimum.
 */
export function neededInstances(configuredMin: number, live: number | undefined): number {
  return Math.max(configuredMin, live ?? 0);
}

type Limits = Pick<Fleet, 'min' | 'max'>;

/**
 * Limits that raise a fleet to `size`; `undefined` when it is large enough. Never lowers anything. The desired size
 * follows the limits; setting it would undo what scaling asked for since it was read.
 */
export function raisedLimits(group: Limits & Pick<Fleet, 'desired'>, size: number): Limits | undefined {
  if (group.min >= size && group.desired >= size) return undefined;
  return { min: Math.max(group.min, size), max: Math.max(group.max, size) };
}

/** Limits of the settings for the recorded fleet; `undefined` when it has them. Its desired size follows. */
export function configuredLimits(group: Limits, capacity: Limits): Limits | undefined {
  return group.min === capacity.min && group.max === capacity.max ? undefined : { ...capacity };
}
