import { setTimeout as sleep } from 'node:timers/promises';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { balancer, executions, groups, parameters, type Surroundings, stacks, store } from './connect.ts';
import { listenerRules } from './rules.ts';

/** What the custom resource of a service works with. */
export function resourceDeps(surroundings: Surroundings) {
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
