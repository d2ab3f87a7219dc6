import type { CreateAutoScalingGroupType, LaunchTemplateSpecification } from '@aws-sdk/client-auto-scaling';
import type { LaunchTemplates } from '../ec2/launch-templates.ts';
import { AwsError, notModelled } from '../error.ts';
import type { Group } from './group.ts';
import { newHook } from './hook.ts';
import { changedSizes } from './sizes.ts';
import { groupTag } from './tags.ts';

/** A group as CreateAutoScalingGroup asks for it, still without instances. */
export function newGroup(
  input: CreateAutoScalingGroupType,
  identity: Pick<Group, 'arn' | 'createdAt' | 'activities'>,
  templates: LaunchTemplates,
  newest: number,
): Group {
  const { MinSize: min = 0, MaxSize: max = 0 } = input;
  return {
    ...identity,
    ...changedSizes({ min, max, desired: input.DesiredCapacity ?? min }, {}),
    name: checkName(input.AutoScalingGroupName),
    template: pinnedTemplate(input.LaunchTemplate, templates, newest),
    subnets: (input.VPCZoneIdentifier ?? '').split(',').filter(Boolean),
    healthCheckType: input.HealthCheckType ?? 'EC2',
    graceSeconds: input.HealthCheckGracePeriod ?? 0,
    cooldownSeconds: input.DefaultCooldown ?? 300,
    tags: new Map((input.Tags ?? []).map(groupTag)),
    targetGroups: new Set(input.TargetGroupARNs),
    hooks: new Map(
      (input.LifecycleHookSpecificationList ?? []).map(newHook).map((hook) => [hook.name, hook]),
    ),
    members: new Map(),
    warmPool: undefined,
    warmed: new Map(),
    policies: new Map(),
    deleting: false,
    failures: 0,
    notBefore: 0,
    cancelRetry: () => undefined,
  };
}

/**
 * A launch template by an explicit version: a moving one could change what a live fleet launches. Versions that were
 * made after `newest` are not found yet.
 */
export function pinnedTemplate(
  input: LaunchTemplateSpecification | undefined,
  templates: LaunchTemplates,
  newest: number,
): Group['template'] {
  if (!input) throw notModelled('an Auto Scaling group without LaunchTemplate');
  if (!/^\d+$/.test(input.Version ?? ''))
    throw notModelled(`launch template version ${input.Version ?? '$Default'}`);
  const template = templates.find(input);
  const version = template.version(input.Version);
  if (version.at > newest)
    throw new AwsError(
      'ValidationError',
      `You must use a valid fully-formed launch template. Launch template version ${input.Version} does not exist.`,
    );
  return { id: template.id, name: template.name, version: version.number };
}

function checkName(name = ''): string {
  if (name.length > 0 && name.length <= 255 && !name.includes(':')) return name;
  throw new AwsError(
    'ValidationError',
    `Auto Scaling group name '${name}' has 1 to 255 characters and no ":"`,
  );
}
