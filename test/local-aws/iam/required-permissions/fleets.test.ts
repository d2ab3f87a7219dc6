import type { RequiredPermission } from '../../../../lib/local-aws/iam/required-permission.ts';
import { requiredPermissions } from '../../../../lib/local-aws/iam/required-permissions.ts';
import type { World } from '../../../../lib/local-aws/world.ts';
import { fixture, launchTemplate, listener, rule, targetGroup } from '../../../support/local-aws/world.ts';

const account = 'us-east-1:000000000000';
const tags = [{ Key: 'env', Value: 'prod', PropagateAtLaunch: true }];
let world: World;
beforeEach(() => {
  ({ world } = fixture());
});
afterEach(() => world.close());

const needs = (service: string, operation: string, input: object = {}): RequiredPermission[] =>
  requiredPermissions({ service, operation, input: input as Record<string, unknown> }, world);
const brief = (list: readonly RequiredPermission[]) =>
  list.map(({ action, resource }) => `${action} ${resource}`);

describe('Elastic Load Balancing', () => {
  const own = (list: object) => ({ keys: { 'aws:ResourceTag/': list } });

  it('needs rights by the tags of rules and target groups; what is gone has none', () => {
    const group = targetGroup(world, 'blue');
    world.elb.addTags({ ResourceArns: [group], Tags: tags });
    expect(needs('elasticloadbalancing', 'DeleteTargetGroup', { TargetGroupArn: group })).toMatchObject([
      { action: 'elasticloadbalancing:DeleteTargetGroup', resource: group, ...own({ env: 'prod' }) },
    ]);
    expect(needs('elasticloadbalancing', 'ModifyRule', { RuleArn: 'arn:gone' })).toMatchObject([own({})]);
  });

  it('needs two rights for a rule that is made with tags', () => {
    const on = listener(world);
    const [create, add] = needs('elasticloadbalancing', 'CreateRule', { ListenerArn: on, Tags: tags });
    expect(create).toMatchObject({ resource: on, keys: { 'aws:RequestTag/': { env: 'prod' } } });
    expect(add?.resource).toMatch(/:listener-rule\/app\/main\/[0-9a-f]+\/[0-9a-f]+\/\*$/);
    expect(add?.keys).toMatchObject({ 'elasticloadbalancing:CreateAction': 'CreateRule' });
    expect(needs('elasticloadbalancing', 'CreateRule', { ListenerArn: on })).toHaveLength(1);
  });

  it('tells tagging with the creation from tagging later', () => {
    const made = rule(world, listener(world), { [targetGroup(world, 'blue')]: 1 });
    const [need] = needs('elasticloadbalancing', 'AddTags', { ResourceArns: [made], Tags: tags });
    expect(need?.keys).toMatchObject({ 'aws:RequestTag/': { env: 'prod' } });
    expect(need?.keys?.['elasticloadbalancing:CreateAction']).toBeUndefined();
  });
});

describe('EC2', () => {
  it('needs rights on launch templates by their tags', () => {
    const LaunchTemplateId = launchTemplate(world);
    expect(needs('ec2', 'CreateLaunchTemplateVersion', { LaunchTemplateId })).toMatchObject([
      {
        resource: `arn:aws:ec2:${account}:launch-template/${LaunchTemplateId}`,
        keys: { 'aws:ResourceTag/': {} },
      },
    ]);
  });

  it('resolves image parameters with the rights of the caller, and only then', () => {
    const LaunchTemplateId = launchTemplate(world);
    const version = world.ec2.createLaunchTemplateVersion({
      LaunchTemplateId,
      LaunchTemplateData: { ImageId: 'resolve:ssm:/aws/service/image' },
    }).LaunchTemplateVersion?.VersionNumber;
    const asked = { LaunchTemplateId, Versions: [String(version)] };
    expect(brief(needs('ec2', 'DescribeLaunchTemplateVersions', { ...asked, ResolveAlias: true }))).toEqual([
      'ec2:DescribeLaunchTemplateVersions *',
      'ssm:GetParameters arn:aws:ssm:us-east-1::parameter/aws/service/image',
    ]);
    expect(needs('ec2', 'DescribeLaunchTemplateVersions', asked)).toHaveLength(1);
  });
});

describe('Auto Scaling', () => {
  const group = { AutoScalingGroupName: 'holdfast-prod-web-blue-1', VPCZoneIdentifier: 'subnet-1,subnet-2' };
  const pattern = `arn:aws:autoscaling:${account}:autoScalingGroup:*:autoScalingGroupName/${group.AutoScalingGroupName}`;

  it('needs, for a group, all that a launch from its template needs', () => {
    const trust = { Statement: [] };
    world.iam.addRole({ name: 'web', arn: 'arn:role/web', id: 'AROA1', trust });
    world.ec2.profiles.add({ name: 'web', arn: 'arn:profile/web', role: 'web', roleId: 'AROA1' });
    const LaunchTemplateId = launchTemplate(world);
    world.ec2.createLaunchTemplateVersion({
      LaunchTemplateId,
      SourceVersion: '1',
      LaunchTemplateData: {
        IamInstanceProfile: { Name: 'web' },
        SecurityGroupIds: ['sg-1'],
        TagSpecifications: [{ ResourceType: 'volume', Tags: tags }],
      },
    });
    const LaunchTemplate = { LaunchTemplateId, Version: '2' };
    const list = needs('autoscaling', 'CreateAutoScalingGroup', { ...group, LaunchTemplate, Tags: tags });
    const ec2 = (resource: string) => `ec2:RunInstances arn:aws:ec2:${account}:${resource}`;
    expect(brief(list)).toEqual([
      `autoscaling:CreateAutoScalingGroup ${pattern}`,
      `autoscaling:CreateOrUpdateTags ${pattern}`,
      ec2(`launch-template/${LaunchTemplateId}`),
      'ec2:RunInstances arn:aws:ec2:us-east-1::image/ami-00000001',
      ...['instance/*', 'volume/*', 'network-interface/*', 'security-group/sg-1'].map(ec2),
      ...['subnet/subnet-1', 'subnet/subnet-2'].map(ec2),
      `ec2:CreateTags arn:aws:ec2:${account}:volume/*`,
      'iam:PassRole arn:role/web',
      'iam:CreateServiceLinkedRole arn:aws:iam::000000000000:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
    ]);
    expect(list[0]?.keys).toEqual({ 'aws:RequestTag/': { env: 'prod' } });
    expect(list.find(({ action }) => action === 'iam:PassRole')?.keys).toEqual({
      'iam:PassedToService': 'ec2.amazonaws.com',
    });
  });

  it('needs rights on a group by its tags; one that is gone has none', () => {
    const LaunchTemplate = { LaunchTemplateId: launchTemplate(world), Version: '1' };
    const sizes = { MinSize: 0, MaxSize: 0 };
    world.autoScaling.createAutoScalingGroup({ ...group, ...sizes, LaunchTemplate, Tags: tags });
    const [need] = needs('autoscaling', 'UpdateAutoScalingGroup', { ...group, MinSize: 1 });
    expect(need).toMatchObject({ keys: { 'aws:ResourceTag/': { env: 'prod' } } });
    expect(need?.resource).toMatch(
      /:autoScalingGroup:[0-9a-f-]{36}:autoScalingGroupName\/holdfast-prod-web-blue-1$/,
    );
    const [gone] = needs('autoscaling', 'DeleteAutoScalingGroup', { AutoScalingGroupName: 'gone' });
    expect(gone).toMatchObject({ keys: { 'aws:ResourceTag/': {} } });
  });

  it('asks for the launch again when a group gets another template', () => {
    const LaunchTemplate = { LaunchTemplateId: launchTemplate(world), Version: '1' };
    expect(brief(needs('autoscaling', 'UpdateAutoScalingGroup', { ...group, LaunchTemplate }))).toContain(
      `ec2:RunInstances arn:aws:ec2:${account}:launch-template/${LaunchTemplate.LaunchTemplateId}`,
    );
  });
});
