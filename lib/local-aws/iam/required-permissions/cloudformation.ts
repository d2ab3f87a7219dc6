import type { Account } from '../account.ts';
import { onEach } from '../required-permission.ts';

/** CloudFormation. */
export const stackPermissions = {
  DescribeStacks: onStack('DescribeStacks'),
  DescribeStackResources: onStack('DescribeStackResources'),
};

/** A right on the stack; one that does not exist counts as what was named. */
function onStack(operation: string) {
  return ({ StackName = '*' }: { StackName?: string }, { cloudFormation }: Account) =>
    onEach(`cloudformation:${operation}`, [cloudFormation.find(StackName)?.id ?? StackName]);
}
