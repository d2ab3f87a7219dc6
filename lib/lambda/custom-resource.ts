import { setTimeout as sleep } from 'node:timers/promises';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { listenerRules } from '../aws/rules.ts';
import { balancer, type ClientOptions, executions, groups, parameters, stacks, store } from './connect.ts';

/** Adapters of the services' custom resource. */
export function connectResource(surroundings: ClientOptions) {
  return {
    ...store(surroundings),
    ...parameters(surroundings),
    ...groups(surroundings),
    ...balancer(surroundings),
    ...executions(surroundings),
    ...stacks(surroundings),
    rules: listenerRules(new ElasticLoadBalancingV2Client(surroundings.options)),
    sleep: (milliseconds: number) => sleep(milliseconds),
  };
}
