import type { Clock } from '../../clock.ts';
import { throttlingError } from '../fault-errors.ts';
import type { FaultRule } from '../faults.ts';
import { RateLimit } from '../rate-limit.ts';

const reads = new Set(['GetParameter', 'GetParameters', 'GetParametersByPath']);

/** Throttles the reads of Parameter Store; by default an account has 40 a second. */
export function readLimit(perSecond: number, clock: Clock): FaultRule {
  const limit = new RateLimit(perSecond, clock);
  return ({ service, operation }) => {
    if (service !== 'ssm' || !reads.has(operation) || limit.take()) return undefined;
    return { error: throttlingError('ssm') };
  };
}
