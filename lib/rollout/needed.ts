/**
 * Instances that a fleet needs before it may carry the traffic: as many as the live fleet was asked to have,
 * and never fewer than configured. `live` is the desired size of the fleet that serves now.
 */
export function needed(configuredMin: number, live: number | undefined): number {
  return Math.max(configuredMin, live ?? 0);
}

/** Sizes that raise a fleet to `size`; `undefined` when it is that large already. Never lowers anything. */
export function raise(
  group: { min: number; max: number; desired: number },
  size: number,
): { min: number; max: number; desired: number } | undefined {
  if (group.min >= size && group.desired >= size) return undefined;
  const desired = Math.max(group.desired, size);
  return { min: Math.max(group.min, size), max: Math.max(group.max, desired), desired };
}

/** Sizes that settings ask of the recorded fleet; `undefined` when it has them. The desired size stays within them. */
export function configured(
  group: { min: number; max: number; desired: number },
  capacity: { min: number; max: number },
): { min: number; max: number; desired: number } | undefined {
  const desired = Math.min(Math.max(group.desired, capacity.min), capacity.max);
  if (group.min === capacity.min && group.max === capacity.max && group.desired === desired) return undefined;
  return { ...capacity, desired };
}
