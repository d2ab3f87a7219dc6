import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { listenerRules } from '../aws/rules.ts';
import { balancer, type ClientOptions, executions, groups, parameters, stacks, store } from './connect.ts';

/** Adapters of the services' custom resource. */
export function connectResource(client: ClientOptions) {
  return {
    ...store(client),
    ...parameters(client),
    ...groups(client),
    ...balancer(client),
    ...executions(client),
    ...stacks(client),
    rules: listenerRules(new ElasticLoadBalancingV2Client(client.options)),
  };
}
