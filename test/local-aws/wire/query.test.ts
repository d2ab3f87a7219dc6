import {
  AlreadyExistsFault,
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  DescribePoliciesCommand,
  PutScalingPolicyCommand,
  ResourceInUseFault,
} from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateVersionsCommand,
  DescribeInstancesCommand,
  DescribeLaunchTemplateVersionsCommand,
  GetConsoleOutputCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateRuleCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetHealthCommand,
  ModifyRuleCommand,
  PriorityInUseException,
  RegisterTargetsCommand,
  RuleNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Clients, clients, transports } from '../../support/local-aws/clients.ts';
import { forward, launchTemplate, listener, rule, targetGroup } from '../../support/local-aws/world.ts';

describe.each(transports)('AWS Query over %s', (transport) => {
  let aws: Clients;
  beforeEach(async () => {
    aws = await clients(transport);
  });
  afterEach(() => aws.close());

  const create = (name: string, desired: number) =>
    aws.autoScaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: name,
        MinSize: 0,
        MaxSize: 4,
        DesiredCapacity: desired,
        LaunchTemplate: { LaunchTemplateId: launchTemplate(aws.world), Version: '1' },
        VPCZoneIdentifier: 'subnet-1,subnet-2',
        Tags: [{ Key: 'holdfast:service', Value: 'a & <b>', PropagateAtLaunch: true }],
        LifecycleHookSpecificationList: [
          {
            LifecycleHookName: 'launch',
            LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
            HeartbeatTimeout: 300,
          },
        ],
      }),
    );

  test('a group with tags, hooks and instances', async () => {
    await create('fleet', 2);
    await aws.clock.advance(1000);
    const { AutoScalingGroups = [] } = await aws.autoScaling.send(
      new DescribeAutoScalingGroupsCommand({
        Filters: [{ Name: 'tag:holdfast:service', Values: ['a & <b>'] }],
      }),
    );
    expect(AutoScalingGroups[0]).toMatchObject({
      AutoScalingGroupName: 'fleet',
      DesiredCapacity: 2,
      VPCZoneIdentifier: 'subnet-1,subnet-2',
      CreatedTime: expect.any(Date),
    });
    expect(AutoScalingGroups[0]?.Instances?.map(({ LifecycleState }) => LifecycleState)).toEqual([
      'Pending:Wait',
      'Pending:Wait',
    ]);
    expect(AutoScalingGroups[0]?.Tags?.[0]).toMatchObject({ Value: 'a & <b>', PropagateAtLaunch: true });
    expect(AutoScalingGroups[0]?.TargetGroupARNs).toEqual([]);
    const none = await aws.autoScaling.send(
      new DescribeAutoScalingGroupsCommand({ Filters: [{ Name: 'tag:x', Values: ['y'] }] }),
    );
    expect(none.AutoScalingGroups).toEqual([]);
  });

  test("errors arrive as the SDK's own classes", async () => {
    await create('fleet', 0);
    await expect(create('fleet', 0)).rejects.toBeInstanceOf(AlreadyExistsFault);
    await create('full', 1);
    await aws.clock.advance(1000);
    const full = { AutoScalingGroupName: 'full' };
    await expect(aws.autoScaling.send(new DeleteAutoScalingGroupCommand(full))).rejects.toMatchObject({
      name: 'ScalingActivityInProgressFault',
    });
    const id = aws.hosts.started[0]?.id ?? '';
    aws.world.autoScaling.completeLifecycleAction({
      ...full,
      LifecycleHookName: 'launch',
      InstanceId: id,
      LifecycleActionResult: 'CONTINUE',
    });
    await aws.clock.advance(1000);
    await expect(aws.autoScaling.send(new DeleteAutoScalingGroupCommand(full))).rejects.toBeInstanceOf(
      ResourceInUseFault,
    );
    await expect(
      aws.autoScaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: 'none' })),
    ).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringContaining('not found') });
  });

  test('a scaling policy', async () => {
    await create('fleet', 0);
    const policy = {
      AutoScalingGroupName: 'fleet',
      PolicyName: 'cpu',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' as const },
        TargetValue: 50.5,
      },
    };
    await aws.autoScaling.send(new PutScalingPolicyCommand(policy));
    const { ScalingPolicies } = await aws.autoScaling.send(
      new DescribePoliciesCommand({ AutoScalingGroupName: 'fleet' }),
    );
    expect(ScalingPolicies?.[0]).toMatchObject(policy);
  });

  test('a rule and its weights', async () => {
    const listenerArn = listener(aws.world);
    const [blue, green] = [targetGroup(aws.world, 'blue'), targetGroup(aws.world, 'green')];
    const RuleArn = rule(aws.world, listenerArn, { [blue]: 100, [green]: 0 });
    const Actions = [forward({ [blue]: 0, [green]: 100 })];
    await aws.elb.send(new ModifyRuleCommand({ RuleArn, Actions }));
    const { Rules } = await aws.elb.send(new DescribeRulesCommand({ RuleArns: [RuleArn] }));
    expect(Rules?.[0]).toMatchObject({ RuleArn, Priority: '10', IsDefault: false, Actions });
    await expect(
      aws.elb.send(new DescribeRulesCommand({ RuleArns: [`${RuleArn}0`] })),
    ).rejects.toBeInstanceOf(RuleNotFoundException);
    await expect(
      aws.elb.send(
        new CreateRuleCommand({ ListenerArn: listenerArn, Priority: 10, Conditions: [], Actions }),
      ),
    ).rejects.toBeInstanceOf(PriorityInUseException);
    const { TagDescriptions } = await aws.elb.send(new DescribeTagsCommand({ ResourceArns: [RuleArn] }));
    expect(TagDescriptions).toEqual([{ ResourceArn: RuleArn, Tags: [] }]);
  });

  test('target health', async () => {
    const group = targetGroup(aws.world, 'blue');
    await aws.elb.send(new RegisterTargetsCommand({ TargetGroupArn: group, Targets: [{ Id: 'i-1' }] }));
    const { TargetHealthDescriptions } = await aws.elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: group }),
    );
    expect(TargetHealthDescriptions?.[0]).toMatchObject({
      Target: { Id: 'i-1', Port: 8080 },
      TargetHealth: { State: 'unused', Reason: 'Target.NotInUse' },
    });
  });

  test('launch template versions', async () => {
    const LaunchTemplateId = launchTemplate(aws.world);
    const { LaunchTemplateVersion } = await aws.ec2.send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateId,
        SourceVersion: '1',
        VersionDescription: 'pinned by one',
        LaunchTemplateData: { ImageId: 'ami-00000002' },
        ClientToken: 'token',
      }),
    );
    expect(LaunchTemplateVersion).toMatchObject({
      VersionNumber: 2,
      DefaultVersion: false,
      LaunchTemplateData: { ImageId: 'ami-00000002', InstanceType: 't4g.small' },
    });
    const { LaunchTemplateVersions } = await aws.ec2.send(
      new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId }),
    );
    expect(LaunchTemplateVersions?.map(({ VersionNumber }) => VersionNumber)).toEqual([2, 1]);
    const deleted = await aws.ec2.send(
      new DeleteLaunchTemplateVersionsCommand({ LaunchTemplateId, Versions: ['2', '9'] }),
    );
    expect(deleted.SuccessfullyDeletedLaunchTemplateVersions?.[0]?.VersionNumber).toBe(2);
    expect(deleted.UnsuccessfullyDeletedLaunchTemplateVersions?.[0]?.ResponseError?.Code).toBe(
      'launchTemplateVersionDoesNotExist',
    );
  });

  test('instances and their console', async () => {
    await create('fleet', 1);
    const { Reservations } = await aws.ec2.send(
      new DescribeInstancesCommand({ Filters: [{ Name: 'tag:holdfast:service', Values: ['a & <b>'] }] }),
    );
    const instance = Reservations?.[0]?.Instances?.[0];
    expect(instance).toMatchObject({ State: { Name: 'pending' }, ImageId: 'ami-00000001' });
    const { Output = '' } = await aws.ec2.send(
      new GetConsoleOutputCommand({ InstanceId: instance?.InstanceId, Latest: true }),
    );
    expect(Buffer.from(Output, 'base64').toString()).toBe(`console of ${instance?.InstanceId}`);
    await expect(aws.ec2.send(new GetConsoleOutputCommand({ InstanceId: 'i-0' }))).rejects.toMatchObject({
      name: 'InvalidInstanceID.NotFound',
    });
  });
});
