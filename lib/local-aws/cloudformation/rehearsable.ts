import { HoldfastError } from '../../release/errors.ts';
import type { Assembly, AssemblyStack } from './assembly.ts';

/** The service of an environment that a rehearsal deploys: the named one, else the first that stands behind the load balancer. */
export function rehearsableService({ stacks }: Assembly, environment: string, wanted?: string): string {
  const prefix = `holdfast-${environment}-service-`;
  const services = stacks
    .filter((stack) => stack.name.startsWith(prefix) && hasTargetGroups(stack))
    .map(({ name }) => name.slice(prefix.length));
  const [first] = services;
  if (first !== undefined && (wanted === undefined || services.includes(wanted))) return wanted ?? first;
  throw new HoldfastError(
    'InvalidInput',
    `environment ${environment}: found the services ${services.join(', ') || 'none'} behind the load balancer, expected ${wanted ?? 'at least one'}`,
  );
}

function hasTargetGroups({ template }: AssemblyStack): boolean {
  return Object.values(template.Resources).some(
    ({ Type }) => Type === 'AWS::ElasticLoadBalancingV2::TargetGroup',
  );
}
