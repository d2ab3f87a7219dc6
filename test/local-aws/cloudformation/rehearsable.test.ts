import type { Assembly } from '../../../lib/local-aws/cloudformation/assembly.ts';
import { rehearsableService } from '../../../lib/local-aws/cloudformation/rehearsable.ts';

const stack = (name: string, type: string) => ({
  name: `holdfast-staging-${name}`,
  account: '1',
  region: 'r',
  template: { Resources: { it: { Type: type } } },
});
const behind = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const assembly: Assembly = {
  stacks: [
    stack('rollout', behind),
    stack('service-worker', 'AWS::IAM::Role'),
    stack('service-web', behind),
    stack('service-api', behind),
  ],
  asset: () => '',
};

describe('the rehearsed service', () => {
  it('is the first behind the load balancer, or the named one', () => {
    expect(rehearsableService(assembly, 'staging')).toBe('web');
    expect(rehearsableService(assembly, 'staging', 'api')).toBe('api');
  });

  it('is no other', () => {
    expect(() => rehearsableService(assembly, 'staging', 'worker')).toThrow(
      'environment staging: found the services web, api behind the load balancer, expected worker',
    );
    expect(() => rehearsableService({ ...assembly, stacks: [] }, 'staging')).toThrow(
      'found the services none',
    );
  });
});
