import { type Fleet, fleet } from '../../support/local-aws/fleet.ts';
import { health, targetGroup } from '../../support/local-aws/world.ts';

describe('Auto Scaling: target groups', () => {
  let one: Fleet;
  beforeEach(() => {
    one = fleet();
  });

  test('attaching registers what is in service, detaching drains it', async () => {
    const targets = targetGroup(one.aws.world, 'green');
    one.create(1);
    await one.aws.clock.advance(2000);
    const name = { AutoScalingGroupName: 'fleet', TargetGroupARNs: [targets] };
    one.aws.world.autoScaling.attachLoadBalancerTargetGroups(name);
    expect(Object.keys(health(one.aws.world, targets))).toEqual(one.ids());
    one.aws.world.autoScaling.detachLoadBalancerTargetGroups(name);
    expect(one.group()?.TargetGroupARNs).toEqual([]);
    expect(health(one.aws.world, targets)).toEqual({});
  });

  test('refuses a target group that does not exist', () => {
    expect(() => one.create(1, [], { TargetGroupARNs: ['arn:none'] })).toThrow('may not be valid: arn:none');
  });
});
