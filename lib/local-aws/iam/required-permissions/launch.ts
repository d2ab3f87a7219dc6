import type { LaunchTemplateSpecification } from '@aws-sdk/client-auto-scaling';
import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import type { Account } from '../account.ts';
import { type Keys, requestTags, resourceTags } from '../keys.ts';
import { onEach, type RequiredPermission } from '../required-permission.ts';
import { ec2Arn, templateOf } from './ec2.ts';

/**
 * Auto Scaling checks, when it gets a launch template, that the caller could launch from it: run instances with all
 * resources of the template, tag them, and pass the role of the instance profile to EC2.
 */
export function launchPermissions(
  from: LaunchTemplateSpecification,
  subnets: readonly string[],
  account: Account,
): RequiredPermission[] {
  const { arn, tags } = templateOf(from, account);
  const data = account.ec2.templates.find(from).version(from.Version).data;
  const keys: Keys = { ...resourceTags('ec2', {}), 'ec2:LaunchTemplate': arn };
  const resources = [
    ...launchedResources(data, account),
    ...subnets.map((subnet) => ec2Arn(account, `subnet/${subnet}`)),
  ];
  return [
    ...onEach('ec2:RunInstances', [arn], { ...keys, ...resourceTags('ec2', tags) }),
    ...onEach('ec2:RunInstances', resources, keys),
    ...tagPermissions(data, account),
    ...passRolePermissions(data, account),
  ];
}

/** Resources of a launch. Its instances have no ids yet. */
function launchedResources(
  { ImageId = '', SecurityGroupIds = [] }: RequestLaunchTemplateData,
  account: Account,
): string[] {
  const { region } = account.place;
  return [
    `arn:aws:ec2:${region}::image/${ImageId}`,
    ...['instance', 'volume', 'network-interface'].map((kind) => ec2Arn(account, `${kind}/*`)),
    ...SecurityGroupIds.map((id) => ec2Arn(account, `security-group/${id}`)),
  ];
}

function tagPermissions(
  { TagSpecifications = [] }: RequestLaunchTemplateData,
  account: Account,
): RequiredPermission[] {
  return TagSpecifications.flatMap(({ ResourceType = '', Tags }) =>
    onEach('ec2:CreateTags', [ec2Arn(account, `${ResourceType}/*`)], {
      ...requestTags(Tags),
      'ec2:CreateAction': 'RunInstances',
    }),
  );
}

function passRolePermissions(
  { IamInstanceProfile }: RequestLaunchTemplateData,
  { ec2, iam }: Account,
): RequiredPermission[] {
  const role = iam.role(ec2.profiles.find(IamInstanceProfile)?.role ?? '');
  return role ? onEach('iam:PassRole', [role.arn], { 'iam:PassedToService': 'ec2.amazonaws.com' }) : [];
}
