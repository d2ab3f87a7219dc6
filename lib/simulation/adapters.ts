import { elasticLoadBalancing } from '../aws/balancer.ts';
import { stepFunctionsExecutions } from '../aws/executions.ts';
import { autoScalingGroups } from '../aws/groups.ts';
import { ec2Instances } from '../aws/instances.ts';
import { storedJournals } from '../aws/journals.ts';
import { lifecycleActions } from '../aws/lifecycle.ts';
import { s3Objects } from '../aws/objects.ts';
import { ssmParameters } from '../aws/parameters.ts';
import { autoScalingPolicies } from '../aws/policies.ts';
import { listenerRules } from '../aws/rules.ts';
import { cloudFormationStacks } from '../aws/stacks.ts';
import { ec2Templates } from '../aws/templates.ts';
import { autoScalingPools } from '../aws/warm-pools.ts';
import type { ListenerRulesDeps } from '../custom-resource/listener-rules.ts';
import type { Adapters } from '../rollout/actions/step-context.ts';
import type { Clients } from './clients.ts';

/** Context of the adapters besides their clients. */
export type AdapterContext = Pick<
  Adapters,
  'environment' | 'bucket' | 'settleMachine' | 'refs' | 'now' | 'sleep'
>;

/** The real adapters over the clients of one caller, as a Lambda uses them. */
export function adapters(clients: Clients, place: AdapterContext): Adapters & ListenerRulesDeps {
  const objects = s3Objects(clients.s3, place.bucket);
  return {
    ...place,
    parameters: ssmParameters(clients.ssm),
    objects,
    journals: storedJournals(objects),
    groups: autoScalingGroups(clients.autoScaling),
    policies: autoScalingPolicies(clients.autoScaling),
    warmPools: autoScalingPools(clients.autoScaling),
    lifecycle: lifecycleActions(clients.autoScaling),
    templates: ec2Templates(clients.ec2),
    instances: ec2Instances(clients.ec2),
    balancer: elasticLoadBalancing(clients.balancing),
    executions: stepFunctionsExecutions(clients.states),
    rules: listenerRules(clients.balancing),
    stacks: cloudFormationStacks(clients.cloudFormation),
  };
}
