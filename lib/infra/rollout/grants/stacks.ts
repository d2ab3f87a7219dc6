import { stackNames } from '../../names.ts';
import type { Grants, Realm } from './realm.ts';

/** The stacks of services: whether one is being deleted, and what stands in it. */
export function stackGrants(realm: Realm): Grants<'readStacks'> {
  return {
    readStacks: [
      {
        actions: ['cloudformation:DescribeStacks', 'cloudformation:DescribeStackResources'],
        resources: [realm.arn('cloudformation', `stack/${stackNames.service(realm.environment, '*')}/*`)],
        because:
          'one function serves every service of the environment, and CloudFormation makes up the last part',
      },
    ],
  };
}
