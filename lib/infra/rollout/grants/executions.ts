import { machineName } from '../../../config/resource-names.ts';
import { because, type GrantScope, type Grants } from './grant-scope.ts';

type Noun = 'readExecutions' | 'startSettle';

/** The two state machines. */
export function executionGrants(realm: GrantScope): Grants<Noun> {
  return {
    readExecutions: [
      {
        actions: ['states:DescribeExecution'],
        resources: (['rollout', 'settle'] as const).map((machine) =>
          realm.arn('states', `execution:${machineName(realm.environment, machine)}:*`),
        ),
        because: because.laterMade,
      },
    ],
    startSettle: [
      {
        actions: ['states:StartExecution'],
        resources: [realm.arn('states', `stateMachine:${machineName(realm.environment, 'settle')}`)],
      },
    ],
  };
}
