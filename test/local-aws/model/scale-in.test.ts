import { type Fleet, fleet, terminateHook } from '../../support/local-aws/fleet.ts';
import { health, listener, rule, targetGroup } from '../../support/local-aws/world.ts';

describe('Auto Scaling: scale-in', () => {
  let one: Fleet;
  let targets: string;
  beforeEach(async () => {
    one = fleet();
    one.aws.world.ec2.zones.set('subnet-1', 'zone-a').set('subnet-2', 'zone-b');
    targets = targetGroup(one.aws.world, 'blue');
    rule(one.aws.world, listener(one.aws.world), { [targets]: 1 });
    one.aws.world.elb.modifyTargetGroupAttributes({
      TargetGroupArn: targets,
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
    });
    one.create(1, [terminateHook], { TargetGroupARNs: [targets] });
    await one.aws.clock.advance(2000);
  });

  test('an instance drains before its terminate hook, and is ended after it', async () => {
    const [id = ''] = one.ids();
    one.resize(0);
    expect(one.states()).toEqual(['Terminating']);
    expect(health(one.aws.world, targets)).toEqual({ [id]: 'draining' });
    expect(one.aws.world.autoScaling.targetLifecycleState(id)).toBe('Terminated');
    await one.aws.clock.advance(29_000);
    expect(one.states()).toEqual(['Terminating']);
    await one.aws.clock.advance(1000);
    expect(one.states()).toEqual(['Terminating:Wait']);
    expect(one.aws.hosts.stopped).toEqual([]);
    one.complete(id, 'terminate', 'CONTINUE');
    await one.aws.clock.advance(1000);
    expect(one.aws.hosts.stopped).toEqual([id]);
    expect(one.states()).toEqual([]);
  });

  test('a terminate hook that nobody completes ends by its time-out', async () => {
    one.resize(0);
    await one.aws.clock.advance(30_000 + 60_000 + 1000);
    expect(one.states()).toEqual([]);
  });

  test('a replacement is launched while the leaving instance drains', async () => {
    const [id = ''] = one.ids();
    one.aws.world.autoScaling.terminateInstanceInAutoScalingGroup({
      InstanceId: id,
      ShouldDecrementDesiredCapacity: false,
    });
    expect(one.states()).toEqual(['Terminating', 'Pending']);
  });

  test('the fullest zone gives up its oldest instance', async () => {
    one.resize(3);
    await one.aws.clock.advance(2000);
    expect(one.members().map(({ AvailabilityZone }) => AvailabilityZone)).toEqual([
      'zone-a',
      'zone-b',
      'zone-a',
    ]);
    const before = one.ids();
    one.resize(2);
    const leaving = one.members().filter(({ LifecycleState }) => LifecycleState === 'Terminating');
    expect(leaving.map(({ InstanceId }) => InstanceId)).toEqual([before[0]]);
  });

  test('refuses to go below the minimum or above the maximum', () => {
    one.aws.world.autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: 'fleet', MinSize: 1 });
    expect(() => one.resize(0)).toThrow('below min value 1');
    expect(() => one.resize(11)).toThrow('above max value 10');
    expect(() =>
      one.aws.world.autoScaling.terminateInstanceInAutoScalingGroup({
        InstanceId: one.ids()[0],
        ShouldDecrementDesiredCapacity: true,
      }),
    ).toThrow('below min value 1');
  });

  test('a higher minimum raises the desired capacity', () => {
    one.aws.world.autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: 'fleet', MinSize: 3 });
    expect(one.group()).toMatchObject({ MinSize: 3, DesiredCapacity: 3 });
    expect(one.members()).toHaveLength(3);
  });

  test('draining ends when the target group is deleted', async () => {
    one.resize(0);
    const { RuleArn } = one.aws.world.elb.rules.naming(targets).map(({ arn }) => ({ RuleArn: arn }))[0] ?? {};
    one.aws.world.elb.deleteRule({ RuleArn });
    expect(one.states()).toEqual(['Terminating']);
    one.aws.world.elb.deleteTargetGroup({ TargetGroupArn: targets });
    expect(one.states()).toEqual(['Terminating:Wait']);
  });
});
