import type { Capacity } from '../../config/service.ts';
import { shortDigest } from '../digest.ts';
import type { Journal } from '../journal.ts';
import { settleStartSeconds } from '../timing.ts';
import type { Fleet } from './fleet.ts';
import { configuredLimits } from './needed.ts';

/**
 * Name of the execution that settles a journal: one for each owner that left it open. After a settle that failed
 * there is at most one every few minutes.
 */
export function settleName(journal: Journal, now: number): string {
  const left = journal.kind === 'settle' ? 'settle' : journal.execution;
  const window = Math.floor(now / (settleStartSeconds * 1000));
  return `settle-${journal.service}-${shortDigest(journal.service, left)}-${window}`;
}

type SizedFleet = Pick<Fleet, 'name' | 'min' | 'max'>;

/** Why a service with a closed journal has to be settled; `undefined` when reality is the record. */
export function driftOf(service: {
  recorded: { name: string; group: SizedFleet | undefined } | undefined;
  others: readonly Pick<Fleet, 'name'>[];
  capacity: Capacity;
  policiesDiffer?: boolean;
  poolDiffers?: boolean;
  /** Production weights that are not all on the recorded fleet, in words. */
  traffic?: string | undefined;
}): string | undefined {
  const { recorded, others, capacity, policiesDiffer, poolDiffers, traffic } = service;
  if (others.length > 0) return `fleets without a record: ${others.map(({ name }) => name).join(', ')}`;
  if (!recorded && traffic) return `nothing is deployed, and the production rule forwards to ${traffic}`;
  if (!recorded) return undefined;
  if (!recorded.group) return `the recorded fleet ${recorded.name} is gone`;
  if (traffic) return `the production rule forwards to ${traffic}, expected fleet ${recorded.name} alone`;
  if (configuredLimits(recorded.group, capacity))
    return `fleet ${recorded.name} has other sizes than configured (${capacity.min} to ${capacity.max})`;
  if (policiesDiffer) return `fleet ${recorded.name} has other scaling targets than configured`;
  if (poolDiffers) return `fleet ${recorded.name} has another warm pool than configured`;
  return undefined;
}
