import type { Fleet } from './fleet.ts';

/**
 * Instances that a fleet needs before it may carry the traffic: as many as the live fleet was asked to have,
 * and never fewer than configured. `live` is the desired size of the fleet that serves now.
 */
export function neededInstances(configuredMin: number, live: number | undefined): number {
  return Math.max(configuredMin, live ?? 0);
}

type Limits = Pick<Fleet, 'min' | 'max'>;

/**
 * Limits that raise a fleet to `size`; `undefined` when it is that large already. Never lowers anything: the desired
 * size follows the limits by itself, and one that is stated would undo what scaling asked for since it was read.
 */
export function raisedLimits(group: Limits & Pick<Fleet, 'desired'>, size: number): Limits | undefined {
  if (group.min >= size && group.desired >= size) return undefined;
  return { min: Math.max(group.min, size), max: Math.max(group.max, size) };
}

/** Limits that settings ask of the recorded fleet; `undefined` when it has them. Its desired size follows into them. */
export function configuredLimits(group: Limits, capacity: Limits): Limits | undefined {
  return group.min === capacity.min && group.max === capacity.max ? undefined : { ...capacity };
}
