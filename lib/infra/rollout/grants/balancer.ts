import type { Grant } from '../../permit.ts';
import { because, type Grants, type Realm } from './realm.ts';

type Noun = 'readBalancer' | 'shiftTraffic' | 'makeRules' | 'setTargetGroups' | 'endTargets';

/** Rules and target groups of the load balancer. */
export function balancerGrants(realm: Realm): Grants<Noun> {
  const own = (resource: string, ...verbs: string[]): Grant => ({
    actions: verbs.map((verb) => `elasticloadbalancing:${verb}`),
    resources: [realm.arn('elasticloadbalancing', resource)],
    conditions: realm.tagged,
    because: because.allServices,
  });
  return {
    readBalancer: [
      {
        actions: ['DescribeRules', 'DescribeTags', 'DescribeTargetGroups', 'DescribeTargetHealth'].map(
          (verb) => `elasticloadbalancing:${verb}`,
        ),
        resources: ['*'],
        because: because.noNames,
      },
    ],
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
    endTargets: [own('targetgroup/*', 'DeregisterTargets', 'DeleteTargetGroup')],
  };
}
