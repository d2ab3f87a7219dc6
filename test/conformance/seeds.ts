import { CreateLaunchTemplateCommand } from '@aws-sdk/client-ec2';
import {
  AddTagsCommand,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateBucketCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import type { GroupSpec } from '../../lib/aws/groups.ts';
import { tags as names } from '../../lib/config/resource-names.ts';
import type { Account } from './account.ts';
import { bucket } from './adapters.ts';

/** Tags of what belongs to a service. */
export const tags = { [names.environment]: 'prod', [names.service]: 'web' };

/** The store bucket, with versions. */
export async function storeBucket({ clients: { s3 } }: Account): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(
    new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }),
  );
}

/** A launch template with one version; its id. */
export async function launchTemplate({ clients }: Account, imageId = 'ami-12345678'): Promise<string> {
  const { LaunchTemplate } = await clients.ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'web',
      VersionDescription: 'build-1',
      LaunchTemplateData: { ImageId: imageId, InstanceType: 't4g.small' },
    }),
  );
  return LaunchTemplate?.LaunchTemplateId ?? '';
}

/** A target group that carries the tags of the service; its ARN. */
export async function targetGroup({ clients, network }: Account, name: string): Promise<string> {
  const { TargetGroups } = await clients.elb.send(
    new CreateTargetGroupCommand({
      Name: name,
      Port: 8080,
      Protocol: 'HTTP',
      VpcId: (await network()).vpc,
      TargetType: 'instance',
    }),
  );
  const arn = TargetGroups?.[0]?.TargetGroupArn ?? '';
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await clients.elb.send(new AddTagsCommand({ ResourceArns: [arn], Tags: list }));
  return arn;
}

/** A load balancer with a listener that answers 404; the listener's ARN. */
export async function listener({ clients, network }: Account): Promise<string> {
  const { LoadBalancers } = await clients.elb.send(
    new CreateLoadBalancerCommand({ Name: 'main', Subnets: (await network()).subnets }),
  );
  const { Listeners } = await clients.elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    }),
  );
  return Listeners?.[0]?.ListenerArn ?? '';
}

/** A rule that forwards to blue, and green beside it. */
export async function traffic(account: Account) {
  const [main, blue, green] = [
    await listener(account),
    await targetGroup(account, 'blue'),
    await targetGroup(account, 'green'),
  ];
  const rule = await account.adapters.rules.create({
    listener: main,
    priority: 7,
    conditions: { hosts: [], paths: ['/*'] },
    forward: [{ targetGroup: blue, weight: 1 }],
    tags,
  });
  return { rule, blue, green };
}

/** What the group `green-1` is made from. */
export async function fleetSpec(account: Account, changes: Partial<GroupSpec> = {}): Promise<GroupSpec> {
  return {
    name: 'green-1',
    size: 1,
    max: 3,
    launchTemplate: { id: await launchTemplate(account), version: 1 },
    subnets: (await account.network()).subnets,
    targetGroups: [],
    tags: { ...tags, [names.deployment]: 'd-1' },
    launchHookSeconds: 300,
    terminateHookSeconds: 60,
    ...changes,
  };
}
