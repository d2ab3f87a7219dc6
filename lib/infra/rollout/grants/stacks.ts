import { stackNames } from '../../stack-names.ts';
import type { GrantScope, Grants } from './grant-scope.ts';

/** The stacks of services: their status and their resources. */
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
