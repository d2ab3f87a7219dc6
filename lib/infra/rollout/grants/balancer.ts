import type { Grant } from '../../add-grants.ts';
import { because, type GrantScope, type Grants } from './grant-scope.ts';

type Noun =
  | 'readRules'
  | 'readTargets'
  | 'findRules'
  | 'lookForTargetGroups'
  | 'findTargetGroups'
  | 'shiftTraffic'
  | 'makeRules'
  | 'setTargetGroups'
  | 'drainTargets'
  | 'removeTargetGroups';

/** Rules and target groups of the load balancer. */
export function balancerGrants(realm: GrantScope): Grants<Noun> {
  const onBalancer = (resource: string, ...verbs: string[]): Grant => ({
    actions: verbs.map((verb) => `elasticloadbalancing:${verb}`),
    resources: [realm.arn('elasticloadbalancing', resource)],
    conditions: realm.tagged,
    because: because.allServices,
  });
  const read = (...verbs: string[]): Grant => ({
    actions: verbs.map((verb) => `elasticloadbalancing:${verb}`),
    resources: ['*'],
    because: because.noNames,
  });
  return {
    readRules: [read('DescribeRules')],
    readTargets: [read('DescribeTargetHealth')],
    // A service's own ones are found by their tags.
    findRules: [read('DescribeRules', 'DescribeTags')],
    lookForTargetGroups: [read('DescribeTargetGroups')],
    findTargetGroups: [read('DescribeTargetGroups', 'DescribeTags')],
    shiftTraffic: [onBalancer('listener-rule/app/*', 'ModifyRule')],
    makeRules: [
      { ...onBalancer('listener/app/*', 'CreateRule'), conditions: realm.tagging },
      {
        ...onBalancer('listener-rule/app/*', 'AddTags'),
        conditions: { StringEquals: { 'elasticloadbalancing:CreateAction': 'CreateRule' } },
      },
      onBalancer('listener-rule/app/*', 'DeleteRule', 'ModifyRule', 'SetRulePriorities'),
    ],
    setTargetGroups: [onBalancer('targetgroup/*', 'ModifyTargetGroup', 'ModifyTargetGroupAttributes')],
    drainTargets: [onBalancer('targetgroup/*', 'DeregisterTargets')],
    removeTargetGroups: [onBalancer('targetgroup/*', 'DeleteTargetGroup')],
  };
}
