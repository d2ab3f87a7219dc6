import type { World } from '../../model/world.ts';
import { onEach } from '../need.ts';

/** CloudFormation. */
export const stackNeeds = {
  DescribeStacks: needs('DescribeStacks'),
  DescribeStackResources: needs('DescribeStackResources'),
};

/** A right on the stack; one that does not exist counts as what was named. */
function needs(operation: string) {
  return ({ StackName = '*' }: { StackName?: string }, { cloudFormation }: World) =>
    onEach(`cloudformation:${operation}`, [cloudFormation.find(StackName)?.id ?? StackName]);
}
