import type { DescribeLaunchTemplateVersionsRequest } from '@aws-sdk/client-ec2';
import type { World } from '../../world.ts';
import { resourceTags } from '../keys.ts';
import { type Need, onAll, onEach } from '../required-permission.ts';
import { parametersRead } from './ssm.ts';

interface Template {
  LaunchTemplateId?: string | undefined;
  LaunchTemplateName?: string | undefined;
}

const imageParameter = 'resolve:ssm:';

/** EC2. */
export const ec2Needs = {
  DescribeInstances: () => onAll('ec2:DescribeInstances'),
  DescribeLaunchTemplates: () => onAll('ec2:DescribeLaunchTemplates'),
  DescribeLaunchTemplateVersions: (input: DescribeLaunchTemplateVersionsRequest, world: World) => [
    ...onAll('ec2:DescribeLaunchTemplateVersions'),
    ...(input.ResolveAlias ? resolving(input, world) : []),
  ],
  CreateLaunchTemplateVersion: (input: Template, world: World) =>
    onTemplate('ec2:CreateLaunchTemplateVersion', input, world),
  DeleteLaunchTemplateVersions: (input: Template, world: World) =>
    onTemplate('ec2:DeleteLaunchTemplateVersions', input, world),
  GetConsoleOutput: ({ InstanceId = '' }: { InstanceId?: string }, world: World) =>
    onInstance('ec2:GetConsoleOutput', InstanceId, world),
  TerminateInstances: ({ InstanceIds = [] }: { InstanceIds?: string[] }, world: World) =>
    InstanceIds.flatMap((id) => onInstance('ec2:TerminateInstances', id, world)),
};

/** A right on a launch template, by its tags. */
function onTemplate(action: string, named: Template, world: World): Need[] {
  const { arn, tags } = templateOf(named, world);
  return onEach(action, [arn], resourceTags('ec2', tags));
}

/** ARN and tags of a launch template; one that does not exist has none. */
export function templateOf(named: Template, world: World): { arn: string; tags: Record<string, string> } {
  const found = world.ec2.templates
    .all()
    .find(({ id, name }) => id === named.LaunchTemplateId || name === named.LaunchTemplateName);
  return {
    arn: ec2Arn(world, `launch-template/${found?.id ?? named.LaunchTemplateId}`),
    tags: Object.fromEntries((found?.tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
  };
}

/** EC2 resolves a parameter in an image id with the rights of whoever asks. */
function resolving(input: DescribeLaunchTemplateVersionsRequest, world: World): Need[] {
  const versions = world.ec2.describeLaunchTemplateVersions({
    ...input,
    ResolveAlias: false,
  }).LaunchTemplateVersions;
  const images = (versions ?? []).map(({ LaunchTemplateData }) => LaunchTemplateData?.ImageId ?? '');
  const names = images.filter((image) => image.startsWith(imageParameter));
  return parametersRead(
    names.map((name) => name.slice(imageParameter.length)),
    world,
  );
}

function onInstance(action: string, id: string, world: World): Need[] {
  const tags = world.ec2.instances.find(id)?.tags ?? {};
  return onEach(action, [ec2Arn(world, `instance/${id}`)], resourceTags('ec2', tags));
}

/** ARN of EC2 in the account and region. */
export function ec2Arn({ place: { region, account } }: World, resource: string): string {
  return `arn:aws:ec2:${region}:${account}:${resource}`;
}
