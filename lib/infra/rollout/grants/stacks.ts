import { stackNames } from '../../stack-names.ts';
import type { GrantScope, Grants } from './grant-scope.ts';

/** The stacks of services: whether one is being deleted, and what stands in it. */
export function stackGrants(scope: GrantScope): Grants<'readStacks'> {
  return {
    readStacks: [
      {
        actions: ['cloudformation:DescribeStacks', 'cloudformation:DescribeStackResources'],
        resources: [scope.arn('cloudformation', `stack/${stackNames.service(scope.environment, '*')}/*`)],
        because:
          'one function serves every service of the environment, and CloudFormation makes up the last part',
      },
    ],
  };
}
