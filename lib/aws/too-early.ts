import { HoldfastError } from '../release/errors.ts';

/** Words of Auto Scaling about a launch template version or an instance profile that it does not find yet. */
const unknown =
  /fully-formed launch template|launch template version .*does not exist|invalid iam instance profile/i;

/** Whether a group was refused for what was made a moment ago: EC2 and IAM tell Auto Scaling some seconds later. */
export function isTooEarly(error: unknown): boolean {
  if (!(error instanceof HoldfastError) || !(error.cause instanceof Error)) return false;
  return error.cause.name === 'ValidationError' && unknown.test(error.cause.message);
}
