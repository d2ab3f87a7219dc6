import type { WarmPool } from '../../config/warm-pool.ts';

/** The warm pool of a group as it is. */
export interface PresentPool {
  min: number;
  /** Most instances of group and pool together; left out: the group's maximum. */
  max?: number;
  /** `stopped`, `running` or `hibernated`. */
  state: string;
  /** Whether instances go back into it on scale-in. */
  reuses: boolean;
  /** Whether it is being deleted. */
  deleting: boolean;
}

/**
 * The change that gives a group exactly the wanted pool; `wait`: a pool that is being deleted must be gone first.
 * Settings own a fleet's pool, so another one is removed.
 */
export function poolChange(
  present: PresentPool | undefined,
  wanted: WarmPool | undefined,
): 'put' | 'remove' | 'wait' | undefined {
  if (!wanted) return present && !present.deleting ? 'remove' : undefined;
  if (!present) return 'put';
  if (present.deleting) return 'wait';
  const { min, max, state, reuses } = present;
  const isSame = min === wanted.min && max === wanted.max && state === wanted.state && !reuses;
  return isSame ? undefined : 'put';
}
