import type { Grant } from '../../add-grants.ts';
import { because, type GrantScope, type Grants } from './grant-scope.ts';

type Noun =
  | 'readRules'
  | 'readTargets'
  | 'findRules'
  | 'findTargetGroups'
  | 'shiftTraffic'
  | 'makeRules'
  | 'setTargetGroups'
  | 'drainTargets'
  | 'removeTargetGroups';

/** Rules and target groups of the load balancer. */
export function balancerGrants(realm: GrantScope): Grants<Noun> {
  const own = (resource: string, ...verbs: string[]): Grant => ({
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
    // A service's own are known by their tags.
    findRules: [read('DescribeRules', 'DescribeTags')],
    findTargetGroups: [read('DescribeTargetGroups', 'DescribeTags')],
    shiftTraffic: [own('listener-rule/app/*', 'ModifyRule')],
    makeRules: [
      { ...own('listener/app/*', 'CreateRule'), conditions: realm.tagging },
      {
        ...own('listener-rule/app/*', 'AddTags'),
        conditions: { StringEquals: { 'elasticloadbalancing:CreateAction': 'CreateRule' } },
      },
      own('listener-rule/app/*', 'DeleteRule', 'ModifyRule', 'SetRulePriorities'),
    ],
    setTargetGroups: [own('targetgroup/*', 'ModifyTargetGroup', 'ModifyTargetGroupAttributes')],
    drainTargets: [own('targetgroup/*', 'DeregisterTargets')],
    removeTargetGroups: [own('targetgroup/*', 'DeleteTargetGroup')],
  };
}
