import type { LifecycleHookSpecification } from '@aws-sdk/client-auto-scaling';
import { type Fixture, fixture, health, launchTemplate, listener, rule, targetGroup } from './fixture.ts';

const launchHook: LifecycleHookSpecification = {
  LifecycleHookName: 'launch',
  LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
  HeartbeatTimeout: 300,
  DefaultResult: 'ABANDON',
};
const terminateHook: LifecycleHookSpecification = {
  LifecycleHookName: 'terminate',
  LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
  HeartbeatTimeout: 60,
  DefaultResult: 'CONTINUE',
};

describe('Auto Scaling', () => {
  let aws: Fixture;
  beforeEach(() => {
    aws = fixture();
  });

  const create = (desired: number, hooks: LifecycleHookSpecification[] = [], more: object = {}) =>
    aws.world.autoScaling.createAutoScalingGroup({
      AutoScalingGroupName: 'fleet',
      MinSize: 0,
      MaxSize: 10,
      DesiredCapacity: desired,
      LaunchTemplate: { LaunchTemplateId: launchTemplate(aws.world), Version: '1' },
      VPCZoneIdentifier: 'subnet-1,subnet-2',
      Tags: [
        { Key: 'colour', Value: 'blue', PropagateAtLaunch: true },
        { Key: 'internal', Value: 'x', PropagateAtLaunch: false },
      ],
      LifecycleHookSpecificationList: hooks,
      ...more,
    });
  const group = () => aws.world.autoScaling.describeAutoScalingGroups({}).AutoScalingGroups?.[0];
  const members = () => group()?.Instances ?? [];
  const states = () => members().map(({ LifecycleState }) => LifecycleState);
  const ids = () => members().map(({ InstanceId }) => InstanceId ?? '');
  const complete = (InstanceId: string, LifecycleHookName: string, LifecycleActionResult: string) =>
    aws.world.autoScaling.completeLifecycleAction({
      AutoScalingGroupName: 'fleet',
      LifecycleHookName,
      InstanceId,
      LifecycleActionResult,
    });
  const resize = (DesiredCapacity: number) =>
    aws.world.autoScaling.setDesiredCapacity({ AutoScalingGroupName: 'fleet', DesiredCapacity });

  describe('launch', () => {
    test('without a hook an instance goes straight into service', async () => {
      create(2);
      expect(states()).toEqual(['Pending', 'Pending']);
      await aws.clock.advance(1000);
      expect(states()).toEqual(['InService', 'InService']);
    });

    test('an instance gets the propagated tags and its place in the emptiest subnet', async () => {
      create(2);
      await aws.clock.advance(1000);
      expect(aws.hosts.started[0]?.tags).toEqual({
        colour: 'blue',
        'aws:autoscaling:groupName': 'fleet',
        'aws:ec2launchtemplate:id': group()?.LaunchTemplate?.LaunchTemplateId,
        'aws:ec2launchtemplate:version': '1',
      });
      const { Reservations = [] } = aws.world.ec2.describeInstances({});
      const subnets = Reservations.flatMap(({ Instances = [] }) => Instances.map(({ SubnetId }) => SubnetId));
      expect(subnets).toEqual(['subnet-1', 'subnet-2']);
    });

    test('the hook holds until it is completed, and only then the target group learns of the instance', async () => {
      const targets = targetGroup(aws.world, 'blue');
      create(1, [launchHook], { TargetGroupARNs: [targets] });
      await aws.clock.advance(60_000);
      expect(states()).toEqual(['Pending:Wait']);
      expect(health(aws.world, targets)).toEqual({});
      complete(ids()[0] ?? '', 'launch', 'CONTINUE');
      expect(states()).toEqual(['Pending:Proceed']);
      await aws.clock.advance(1000);
      expect(states()).toEqual(['InService']);
      expect(Object.keys(health(aws.world, targets))).toEqual(ids());
    });

    test('a silent launch is abandoned after its heartbeat time-out and replaced', async () => {
      create(1, [launchHook]);
      await aws.clock.advance(1000);
      const [first] = ids();
      await aws.clock.advance(300_000);
      expect(aws.hosts.stopped).toEqual([first]);
      expect(ids()).toHaveLength(1);
      expect(ids()).not.toContain(first);
    });

    test('heartbeats keep it waiting, at most a hundred time-outs', async () => {
      create(1, [launchHook]);
      await aws.clock.advance(1000);
      const [first = ''] = ids();
      const beat = () =>
        aws.world.autoScaling.recordLifecycleActionHeartbeat({
          AutoScalingGroupName: 'fleet',
          LifecycleHookName: 'launch',
          InstanceId: first,
        });
      for (let beats = 0; beats < 150; beats += 1) {
        beat();
        await aws.clock.advance(199_000);
      }
      expect(states()).toEqual(['Pending:Wait']);
      await aws.clock.advance(200_000);
      expect(ids()).not.toContain(first);
      expect(beat).toThrow('No active Lifecycle Action found with instance ID');
    });

    test('launches that fail again and again come further and further apart', async () => {
      create(1, [launchHook]);
      const launchedAt: number[] = [];
      for (let launch = 0; launch < 6; launch += 1) {
        await aws.clock.advance(1000);
        while (states()[0] !== 'Pending:Wait') await aws.clock.advance(1000);
        launchedAt.push(aws.clock.now());
        complete(ids()[0] ?? '', 'launch', 'ABANDON');
      }
      const pauses = launchedAt
        .slice(1)
        .map((at, index) => Math.round((at - (launchedAt[index] ?? 0)) / 1000));
      expect(pauses).toEqual([1, 31, 61, 121, 241]);
    });

    test('refuses a launch template version that can move', () => {
      const LaunchTemplateId = launchTemplate(aws.world);
      expect(() => create(1, [], { LaunchTemplate: { LaunchTemplateId, Version: '$Latest' } })).toThrow(
        'launch template version $Latest is not part of the local AWS',
      );
    });
  });

  describe('scale-in', () => {
    let targets: string;
    beforeEach(async () => {
      aws.world.ec2.zones.set('subnet-1', 'zone-a').set('subnet-2', 'zone-b');
      targets = targetGroup(aws.world, 'blue');
      rule(aws.world, listener(aws.world), { [targets]: 1 });
      aws.world.elb.modifyTargetGroupAttributes({
        TargetGroupArn: targets,
        Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
      });
      create(1, [terminateHook], { TargetGroupARNs: [targets] });
      await aws.clock.advance(2000);
    });

    test('an instance drains before its terminate hook, and is ended after it', async () => {
      const [id = ''] = ids();
      resize(0);
      expect(states()).toEqual(['Terminating']);
      expect(health(aws.world, targets)).toEqual({ [id]: 'draining' });
      expect(aws.world.autoScaling.targetLifecycleState(id)).toBe('Terminated');
      await aws.clock.advance(29_000);
      expect(states()).toEqual(['Terminating']);
      await aws.clock.advance(1000);
      expect(states()).toEqual(['Terminating:Wait']);
      expect(aws.hosts.stopped).toEqual([]);
      complete(id, 'terminate', 'CONTINUE');
      await aws.clock.advance(1000);
      expect(aws.hosts.stopped).toEqual([id]);
      expect(states()).toEqual([]);
    });

    test('a terminate hook that nobody completes ends by its time-out', async () => {
      resize(0);
      await aws.clock.advance(30_000 + 60_000 + 1000);
      expect(states()).toEqual([]);
    });

    test('a replacement is launched while the leaving instance drains', async () => {
      const [id = ''] = ids();
      aws.world.autoScaling.terminateInstanceInAutoScalingGroup({
        InstanceId: id,
        ShouldDecrementDesiredCapacity: false,
      });
      expect(states()).toEqual(['Terminating', 'Pending']);
    });

    test('the fullest zone gives up its oldest instance', async () => {
      resize(3);
      await aws.clock.advance(2000);
      expect(members().map(({ AvailabilityZone }) => AvailabilityZone)).toEqual([
        'zone-a',
        'zone-b',
        'zone-a',
      ]);
      const before = ids();
      resize(2);
      const leaving = members().filter(({ LifecycleState }) => LifecycleState === 'Terminating');
      expect(leaving.map(({ InstanceId }) => InstanceId)).toEqual([before[0]]);
    });

    test('refuses to go below the minimum or above the maximum', () => {
      aws.world.autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: 'fleet', MinSize: 1 });
      expect(() => resize(0)).toThrow('below min value 1');
      expect(() => resize(11)).toThrow('above max value 10');
      expect(() =>
        aws.world.autoScaling.terminateInstanceInAutoScalingGroup({
          InstanceId: ids()[0],
          ShouldDecrementDesiredCapacity: true,
        }),
      ).toThrow('below min value 1');
    });

    test('a higher minimum raises the desired capacity', () => {
      aws.world.autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: 'fleet', MinSize: 3 });
      expect(group()).toMatchObject({ MinSize: 3, DesiredCapacity: 3 });
      expect(members()).toHaveLength(3);
    });
  });

  describe('health', () => {
    test('an instance that dies is replaced and leaves its target group', async () => {
      const targets = targetGroup(aws.world, 'blue');
      create(1, [terminateHook], { TargetGroupARNs: [targets] });
      await aws.clock.advance(2000);
      const [dead = ''] = ids();
      aws.world.ec2.terminateInstances({ InstanceIds: [dead] });
      await aws.clock.advance(5000);
      expect(ids()).not.toContain(dead);
      expect(states()).toEqual(['InService']);
      expect(Object.keys(health(aws.world, targets))).toEqual(ids());
    });

    test('an unhealthy target is replaced only where the group asks the load balancer', async () => {
      const targets = targetGroup(aws.world, 'blue');
      rule(aws.world, listener(aws.world), { [targets]: 1 });
      create(1, [], { TargetGroupARNs: [targets] });
      await aws.clock.advance(2000);
      const [sick = ''] = ids();
      aws.hosts.statuses.set(sick, 500);
      await aws.clock.advance(60_000);
      expect(health(aws.world, targets)).toEqual({ [sick]: 'unhealthy' });
      expect(states()).toEqual(['InService']);
      aws.world.autoScaling.updateAutoScalingGroup({ AutoScalingGroupName: 'fleet', HealthCheckType: 'ELB' });
      aws.hosts.statuses.set(sick, 200);
      await aws.clock.advance(60_000);
      aws.hosts.statuses.set(sick, 500);
      await aws.clock.advance(21_000);
      expect(states()).toEqual(['Terminating', 'InService']);
    });

    test('an instance that dies while it boots counts as a failed launch', async () => {
      create(1, [launchHook]);
      await aws.clock.advance(1000);
      const [first = ''] = ids();
      aws.world.ec2.instances.terminate(first);
      await aws.clock.advance(2000);
      expect(aws.world.autoScaling.fleets.groups.get('fleet')?.failures).toBe(1);
      expect(states()).toEqual(['Pending:Wait']);
    });
  });

  describe('deletion', () => {
    test('a group with instances needs force, and keeps its name until they are gone', async () => {
      create(1, [terminateHook]);
      const name = { AutoScalingGroupName: 'fleet' };
      expect(() => aws.world.autoScaling.deleteAutoScalingGroup(name)).toThrow(
        'scaling activities in progress',
      );
      await aws.clock.advance(2000);
      expect(() => aws.world.autoScaling.deleteAutoScalingGroup(name)).toThrow(
        'instances still in the group',
      );
      aws.world.autoScaling.deleteAutoScalingGroup({ ...name, ForceDelete: true });
      expect(group()?.Status).toBe('Delete in progress');
      expect(() => create(1)).toThrow('pending delete');
      await aws.clock.advance(2000);
      expect(group()).toBeUndefined();
      expect(aws.hosts.stopped).toHaveLength(1);
    });

    test('an empty group goes at once', () => {
      create(0);
      aws.world.autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: 'fleet' });
      expect(group()).toBeUndefined();
    });
  });

  describe('target groups', () => {
    test('attaching registers what is in service, detaching drains it', async () => {
      const targets = targetGroup(aws.world, 'green');
      create(1);
      await aws.clock.advance(2000);
      const name = { AutoScalingGroupName: 'fleet', TargetGroupARNs: [targets] };
      aws.world.autoScaling.attachLoadBalancerTargetGroups(name);
      expect(Object.keys(health(aws.world, targets))).toEqual(ids());
      aws.world.autoScaling.detachLoadBalancerTargetGroups(name);
      expect(group()?.TargetGroupARNs).toEqual([]);
      expect(health(aws.world, targets)).toEqual({});
    });

    test('refuses a target group that does not exist', () => {
      expect(() => create(1, [], { TargetGroupARNs: ['arn:none'] })).toThrow('may not be valid: arn:none');
    });
  });

  test('nothing is left to happen once a fleet without target group is in service', async () => {
    create(5);
    await aws.clock.advance(2000);
    expect(aws.clock.next()).toBeUndefined();
  });
});
