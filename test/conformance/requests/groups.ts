import {
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateVersionCommand,
  DescribeLaunchTemplateVersionsCommand,
} from '@aws-sdk/client-ec2';
import type { Account } from '../account.ts';
import { launchTemplate } from '../seeds.ts';
import { outcome, type Story } from '../story.ts';

const name = { AutoScalingGroupName: 'fleet' };

async function create(account: Account, desired: number) {
  return await account.clients.autoScaling.send(
    new CreateAutoScalingGroupCommand({
      ...name,
      MinSize: 0,
      MaxSize: 2,
      DesiredCapacity: desired,
      AvailabilityZones: ['us-east-1a'],
      LaunchTemplate: { LaunchTemplateId: await launchTemplate(account), Version: '1' },
    }),
  );
}

const versions: Story = {
  name: 'requests: a first template version is the default one and stays it',
  async tell(account) {
    const { ec2 } = account.clients;
    const LaunchTemplateId = await launchTemplate(account);
    const { LaunchTemplateVersion } = await ec2.send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateId,
        VersionDescription: 'second',
        LaunchTemplateData: { ImageId: 'ami-87654321', InstanceType: 't4g.small' },
      }),
    );
    expect(LaunchTemplateVersion).toMatchObject({ VersionNumber: 2, VersionDescription: 'second' });
    const one = await ec2.send(
      new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId, Versions: ['1'] }),
    );
    expect(one.LaunchTemplateVersions).toMatchObject([{ VersionNumber: 1, DefaultVersion: true }]);
  },
};

const source: Story = {
  name: 'requests: a template version has what its source version had',
  notMoto: 'forgets it',
  async tell(account) {
    const { LaunchTemplateVersion } = await account.clients.ec2.send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateId: await launchTemplate(account),
        SourceVersion: '1',
        LaunchTemplateData: { ImageId: 'ami-87654321' },
      }),
    );
    const data = { ImageId: 'ami-87654321', InstanceType: 't4g.small' };
    expect(LaunchTemplateVersion?.LaunchTemplateData).toMatchObject(data);
  },
};

const desired: Story = {
  name: 'requests: a group takes another desired capacity',
  async tell(account) {
    const { autoScaling } = account.clients;
    await create(account, 0);
    await autoScaling.send(new SetDesiredCapacityCommand({ ...name, DesiredCapacity: 1 }));
    const { AutoScalingGroups } = await autoScaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ['fleet'] }),
    );
    expect(AutoScalingGroups).toMatchObject([{ ...name, DesiredCapacity: 1 }]);
  },
};

const busy: Story = {
  name: 'requests: a group that is launching is not deleted',
  notMoto: 'deletes a group that has instances without being forced to',
  async tell(account) {
    await create(account, 1);
    const deletion = account.clients.autoScaling.send(new DeleteAutoScalingGroupCommand(name));
    expect(await outcome(deletion)).toBe('ScalingActivityInProgressFault');
  },
};

export const groupRequests: Story[] = [versions, source, desired, busy];
