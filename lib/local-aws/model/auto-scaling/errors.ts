import { AwsError } from '../error.ts';
import { type Group, isBusy } from './group.ts';

export function groupExists({ name, deleting }: Group): AwsError {
  const state = deleting ? ' and is pending delete' : '';
  return new AwsError('AlreadyExists', `AutoScalingGroup by this name already exists${state} - ${name}`);
}

export function groupNotFound(name: string): AwsError {
  return new AwsError(
    'ValidationError',
    `AutoScalingGroup name not found - AutoScalingGroup ${name} not found`,
  );
}

export function memberNotFound(instanceId: string): AwsError {
  return new AwsError(
    'ValidationError',
    `Instance Id not found - No managed instance found for instance ID: ${instanceId}`,
  );
}

export function targetGroupsNotFound(arns: readonly string[]): AwsError {
  return new AwsError('ValidationError', `Provided Target Groups may not be valid: ${arns.join(', ')}`);
}

/** Refuses to delete a group that still has instances or a warm pool. */
export function checkDeletable(group: Group): void {
  if (isBusy(group))
    throw new AwsError(
      'ScalingActivityInProgress',
      'You cannot delete an AutoScalingGroup while there are scaling activities in progress for that group.',
    );
  if (group.members.size > 0 || group.warmPool)
    throw new AwsError(
      'ResourceInUse',
      'You cannot delete an AutoScalingGroup while there are instances still in the group, or a warm pool.',
    );
}
