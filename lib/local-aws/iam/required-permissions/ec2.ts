import type { DescribeLaunchTemplateVersionsRequest } from '@aws-sdk/client-ec2';
import type { Account } from '../account.ts';
import { resourceTags } from '../keys.ts';
import { onAll, onEach, type RequiredPermission } from '../required-permission.ts';
import { parametersRead } from './ssm.ts';

interface Template {
  LaunchTemplateId?: string | undefined;
  LaunchTemplateName?: string | undefined;
}

const imageParameter = 'resolve:ssm:';

/** EC2. */
export const ec2Permissions = {
  DescribeInstances: () => onAll('ec2:DescribeInstances'),
  DescribeLaunchTemplateVersions: (input: DescribeLaunchTemplateVersionsRequest, account: Account) => [
    ...onAll('ec2:DescribeLaunchTemplateVersions'),
    ...(input.ResolveAlias ? parameterReads(input, account) : []),
  ],
  CreateLaunchTemplateVersion: (input: Template, account: Account) =>
    onTemplate('ec2:CreateLaunchTemplateVersion', input, account),
  DeleteLaunchTemplateVersions: (input: Template, account: Account) =>
    onTemplate('ec2:DeleteLaunchTemplateVersions', input, account),
  GetConsoleOutput: ({ InstanceId = '' }: { InstanceId?: string }, account: Account) =>
    onInstance('ec2:GetConsoleOutput', InstanceId, account),
  TerminateInstances: ({ InstanceIds = [] }: { InstanceIds?: string[] }, account: Account) =>
    InstanceIds.flatMap((id) => onInstance('ec2:TerminateInstances', id, account)),
};

/** A right on a launch template, by its tags. */
function onTemplate(action: string, named: Template, account: Account): RequiredPermission[] {
  const { arn, tags } = templateOf(named, account);
  return onEach(action, [arn], resourceTags('ec2', tags));
}

/** ARN and tags of a launch template; one that does not exist has none. */
export function templateOf(named: Template, account: Account): { arn: string; tags: Record<string, string> } {
  const found = account.ec2.templates
    .all()
    .find(({ id, name }) => id === named.LaunchTemplateId || name === named.LaunchTemplateName);
  return {
    arn: ec2Arn(account, `launch-template/${found?.id ?? named.LaunchTemplateId}`),
    tags: Object.fromEntries((found?.tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
  };
}

/** EC2 resolves a parameter in an image id with the rights of the caller. */
function parameterReads(
  input: DescribeLaunchTemplateVersionsRequest,
  account: Account,
): RequiredPermission[] {
  const versions = account.ec2.describeLaunchTemplateVersions({
    ...input,
    ResolveAlias: false,
  }).LaunchTemplateVersions;
  const images = (versions ?? []).map(({ LaunchTemplateData }) => LaunchTemplateData?.ImageId ?? '');
  const names = images.filter((image) => image.startsWith(imageParameter));
  return parametersRead(
    names.map((name) => name.slice(imageParameter.length)),
    account,
  );
}

function onInstance(action: string, id: string, account: Account): RequiredPermission[] {
  const tags = account.ec2.instances.find(id)?.tags ?? {};
  return onEach(action, [ec2Arn(account, `instance/${id}`)], resourceTags('ec2', tags));
}

/** ARN of EC2 in the account and region. */
export function ec2Arn({ place: { region, account } }: Account, resource: string): string {
  return `arn:aws:ec2:${region}:${account}:${resource}`;
}
