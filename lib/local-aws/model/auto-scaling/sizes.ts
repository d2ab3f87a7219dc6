import { AwsError } from '../error.ts';

export interface Sizes {
  min: number;
  max: number;
  desired: number;
}

interface AskedSizes {
  MinSize?: number | undefined;
  MaxSize?: number | undefined;
  DesiredCapacity?: number | undefined;
}

/** Sizes after a change; a desired capacity that is not stated follows the new limits. */
export function changedSizes(now: Sizes, asked: AskedSizes): Sizes {
  const min = asked.MinSize ?? now.min;
  const max = asked.MaxSize ?? now.max;
  if (min > max) throw invalid(`Max size ${max} must be greater than or equal to min size ${min}`);
  const desired = asked.DesiredCapacity ?? Math.min(max, Math.max(min, now.desired));
  return { min, max, desired: checkDesired({ min, max }, desired) };
}

export function checkDesired({ min, max }: Pick<Sizes, 'min' | 'max'>, desired: number): number {
  if (desired < min)
    throw invalid(
      `New SetDesiredCapacity value ${desired} is below min value ${min} for the AutoScalingGroup.`,
    );
  if (desired > max)
    throw invalid(
      `New SetDesiredCapacity value ${desired} is above max value ${max} for the AutoScalingGroup.`,
    );
  return desired;
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
