import { type Fleet, fleet, launchHook } from '../../support/local-aws/fleet.ts';
import { health, launchTemplate, targetGroup } from '../../support/local-aws/world.ts';

describe('Auto Scaling: launch', () => {
  let one: Fleet;
  beforeEach(() => {
    one = fleet();
  });

  test('without a hook an instance goes straight into service', async () => {
    one.create(2);
    expect(one.states()).toEqual(['Pending', 'Pending']);
    await one.aws.clock.advance(1000);
    expect(one.states()).toEqual(['InService', 'InService']);
  });

  test('an instance gets the propagated tags and its place in the emptiest subnet', async () => {
    one.create(2);
    await one.aws.clock.advance(1000);
    expect(one.aws.hosts.started[0]?.tags).toEqual({
      colour: 'blue',
      'aws:autoscaling:groupName': 'fleet',
      'aws:ec2launchtemplate:id': one.group()?.LaunchTemplate?.LaunchTemplateId,
      'aws:ec2launchtemplate:version': '1',
    });
    const { Reservations = [] } = one.aws.world.ec2.describeInstances({});
    const subnets = Reservations.flatMap(({ Instances = [] }) => Instances.map(({ SubnetId }) => SubnetId));
    expect(subnets).toEqual(['subnet-1', 'subnet-2']);
  });

  test('the hook holds until it is completed, and only then the target group learns of the instance', async () => {
    const targets = targetGroup(one.aws.world, 'blue');
    one.create(1, [launchHook], { TargetGroupARNs: [targets] });
    await one.aws.clock.advance(60_000);
    expect(one.states()).toEqual(['Pending:Wait']);
    expect(health(one.aws.world, targets)).toEqual({});
    one.complete(one.ids()[0], 'launch', 'CONTINUE');
    expect(one.states()).toEqual(['Pending:Proceed']);
    await one.aws.clock.advance(1000);
    expect(one.states()).toEqual(['InService']);
    expect(Object.keys(health(one.aws.world, targets))).toEqual(one.ids());
  });

  test('a silent launch is abandoned after its heartbeat time-out and replaced', async () => {
    one.create(1, [launchHook]);
    await one.aws.clock.advance(1000);
    const [first] = one.ids();
    await one.aws.clock.advance(300_000);
    expect(one.aws.hosts.stopped).toEqual([first]);
    expect(one.ids()).toHaveLength(1);
    expect(one.ids()).not.toContain(first);
  });

  test('heartbeats keep it waiting, at most a hundred time-outs', async () => {
    one.create(1, [launchHook]);
    await one.aws.clock.advance(1000);
    const [first = ''] = one.ids();
    const beat = () =>
      one.aws.world.autoScaling.recordLifecycleActionHeartbeat({
        AutoScalingGroupName: 'fleet',
        LifecycleHookName: 'launch',
        InstanceId: first,
      });
    for (let beats = 0; beats < 150; beats += 1) {
      beat();
      await one.aws.clock.advance(199_000);
    }
    expect(one.states()).toEqual(['Pending:Wait']);
    await one.aws.clock.advance(200_000);
    expect(one.ids()).not.toContain(first);
    expect(beat).toThrow('No active Lifecycle Action found with instance ID');
  });

  test('launches that fail again and again come further and further apart', async () => {
    one.create(1, [launchHook]);
    const launchedAt: number[] = [];
    for (let launch = 0; launch < 6; launch += 1) {
      await one.aws.clock.advance(1000);
      while (one.states()[0] !== 'Pending:Wait') await one.aws.clock.advance(1000);
      launchedAt.push(one.aws.clock.now());
      one.complete(one.ids()[0], 'launch', 'ABANDON');
    }
    const pauses = launchedAt.slice(1).map((at, index) => Math.round((at - (launchedAt[index] ?? 0)) / 1000));
    expect(pauses).toEqual([1, 31, 61, 121, 241]);
  });

  test('refuses a launch template version that can move', () => {
    const LaunchTemplateId = launchTemplate(one.aws.world);
    expect(() => one.create(1, [], { LaunchTemplate: { LaunchTemplateId, Version: '$Latest' } })).toThrow(
      'launch template version $Latest is not part of the local AWS',
    );
  });

  test('nothing is left to happen once a fleet without target group is in service', async () => {
    one.create(5);
    await one.aws.clock.advance(2000);
    expect(one.aws.clock.pending).toBe(0);
  });
});
