import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  DeletePolicyCommand,
  DescribeAutoScalingGroupsCommand,
  DescribePoliciesCommand,
  PutScalingPolicyCommand,
  SetDesiredCapacityCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DescribeLaunchTemplateVersionsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { type Asked, outcome } from './asked.ts';

/** Launch templates and Auto Scaling groups without instances. */
export async function groupStory(config: Asked): Promise<void> {
  const ec2 = new EC2Client(config);
  const autoScaling = new AutoScalingClient(config);
  const { LaunchTemplate } = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'web',
      VersionDescription: 'build-1',
      LaunchTemplateData: { ImageId: 'ami-12345678', InstanceType: 't4g.small' },
    }),
  );
  const LaunchTemplateId = LaunchTemplate?.LaunchTemplateId;
  const { LaunchTemplateVersion } = await ec2.send(
    new CreateLaunchTemplateVersionCommand({
      LaunchTemplateId,
      SourceVersion: '1',
      VersionDescription: 'pinned',
      LaunchTemplateData: { ImageId: 'ami-87654321' },
    }),
  );
  expect(LaunchTemplateVersion).toMatchObject({
    VersionNumber: 2,
    VersionDescription: 'pinned',
    // moto leaves out what the source version has, against the documentation.
    LaunchTemplateData: { ImageId: 'ami-87654321' },
  });
  const one = await ec2.send(
    new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId, Versions: ['1'] }),
  );
  expect(one.LaunchTemplateVersions?.[0]).toMatchObject({
    VersionNumber: 1,
    VersionDescription: 'build-1',
    DefaultVersion: true,
  });
  const name = { AutoScalingGroupName: 'fleet' };
  const create = () =>
    autoScaling.send(
      new CreateAutoScalingGroupCommand({
        ...name,
        MinSize: 0,
        MaxSize: 2,
        DesiredCapacity: 0,
        AvailabilityZones: ['us-east-1a'],
        LaunchTemplate: { LaunchTemplateId, Version: '2' },
        Tags: [{ Key: 'service', Value: 'web', PropagateAtLaunch: true }],
      }),
    );
  await create();
  // moto takes a name twice.
  if (config.name !== 'moto') expect(await outcome(create())).toBe('AlreadyExistsFault');
  const find = async (filters: { Name: string; Values: string[] }[]) =>
    (await autoScaling.send(new DescribeAutoScalingGroupsCommand({ Filters: filters }))).AutoScalingGroups;
  expect(await find([{ Name: 'tag:service', Values: ['web'] }])).toMatchObject([
    {
      ...name,
      MinSize: 0,
      MaxSize: 2,
      DesiredCapacity: 0,
      LaunchTemplate: { LaunchTemplateId, Version: '2' },
    },
  ]);
  expect(await find([{ Name: 'tag:service', Values: ['other'] }])).toEqual([]);
  await autoScaling.send(new UpdateAutoScalingGroupCommand({ ...name, MaxSize: 3 }));
  expect(
    await outcome(autoScaling.send(new SetDesiredCapacityCommand({ ...name, DesiredCapacity: 1 }))),
  ).toBe('fine');
  const target = {
    ...name,
    PolicyName: 'cpu',
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingConfiguration: {
      PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' as const },
      TargetValue: 50,
    },
  };
  await autoScaling.send(new PutScalingPolicyCommand(target));
  const { ScalingPolicies } = await autoScaling.send(new DescribePoliciesCommand(name));
  expect(ScalingPolicies).toMatchObject([target]);
  await autoScaling.send(new DeletePolicyCommand({ ...name, PolicyName: 'cpu' }));
  // moto deletes a group that has instances without being forced to.
  if (config.name !== 'moto')
    expect(await outcome(autoScaling.send(new DeleteAutoScalingGroupCommand(name)))).toBe(
      'ScalingActivityInProgressFault',
    );
  await autoScaling.send(new DeleteAutoScalingGroupCommand({ ...name, ForceDelete: true }));
}
