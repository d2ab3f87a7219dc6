import { type Fleet, fleet, launchHook, terminateHook } from '../../support/local-aws/fleet.ts';
import { health, listener, rule, targetGroup } from '../../support/local-aws/world.ts';

describe('Auto Scaling: health', () => {
  let one: Fleet;
  beforeEach(() => {
    one = fleet();
  });

  test('an instance that dies is replaced and leaves its target group', async () => {
    const targets = targetGroup(one.aws.world, 'blue');
    one.create(1, [terminateHook], { TargetGroupARNs: [targets] });
    await one.aws.clock.advance(2000);
    const [dead = ''] = one.ids();
    one.aws.world.ec2.terminateInstances({ InstanceIds: [dead] });
    await one.aws.clock.advance(5000);
    expect(one.ids()).not.toContain(dead);
    expect(one.states()).toEqual(['InService']);
    expect(Object.keys(health(one.aws.world, targets))).toEqual(one.ids());
  });

  test('an unhealthy target is replaced only where the group asks the load balancer', async () => {
    const targets = targetGroup(one.aws.world, 'blue');
    rule(one.aws.world, listener(one.aws.world), { [targets]: 1 });
    one.create(1, [], { TargetGroupARNs: [targets] });
    await one.aws.clock.advance(2000);
    const [sick = ''] = one.ids();
    one.aws.hosts.statuses.set(sick, 500);
    await one.aws.clock.advance(60_000);
    expect(health(one.aws.world, targets)).toEqual({ [sick]: 'unhealthy' });
    expect(one.states()).toEqual(['InService']);
    one.aws.world.autoScaling.updateAutoScalingGroup({
      AutoScalingGroupName: 'fleet',
      HealthCheckType: 'ELB',
    });
    one.aws.hosts.statuses.set(sick, 200);
    await one.aws.clock.advance(60_000);
    one.aws.hosts.statuses.set(sick, 500);
    await one.aws.clock.advance(21_000);
    expect(one.states()).toEqual(['Terminating', 'InService']);
  });

  test('an instance that dies while it boots counts as a failed launch', async () => {
    one.create(1, [launchHook]);
    await one.aws.clock.advance(1000);
    const [first = ''] = one.ids();
    one.aws.world.ec2.instances.terminate(first);
    await one.aws.clock.advance(2000);
    expect(one.aws.world.autoScaling.fleets.groups.get('fleet')?.failures).toBe(1);
    expect(one.states()).toEqual(['Pending:Wait']);
  });
});
