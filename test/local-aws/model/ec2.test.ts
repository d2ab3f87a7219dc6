import { type Fixture, fixture, launchTemplate } from '../../support/local-aws/world.ts';

describe('launch templates', () => {
  let aws: Fixture;
  let id: string;
  beforeEach(() => {
    aws = fixture();
    id = launchTemplate(aws.world);
  });

  const pin = (ImageId: string, ClientToken: string) =>
    aws.world.ec2.createLaunchTemplateVersion({
      LaunchTemplateId: id,
      SourceVersion: '1',
      LaunchTemplateData: { ImageId },
      ClientToken,
    }).LaunchTemplateVersion?.VersionNumber;

  test('a client token makes one version, however often it is sent', () => {
    expect([pin('ami-2', 'one'), pin('ami-2', 'one'), pin('ami-2', 'two')]).toEqual([2, 2, 3]);
    expect(() => pin('ami-3', 'one')).toThrow('used with other parameters');
  });

  test('a version number is never used twice', () => {
    pin('ami-2', 'one');
    aws.world.ec2.deleteLaunchTemplateVersions({ LaunchTemplateId: id, Versions: ['2'] });
    expect(pin('ami-2', 'two')).toBe(3);
  });

  test('the default version cannot be deleted', () => {
    const deleted = aws.world.ec2.deleteLaunchTemplateVersions({ LaunchTemplateId: id, Versions: ['1'] });
    expect(deleted.UnsuccessfullyDeletedLaunchTemplateVersions).toHaveLength(1);
  });

  test('an image named by a parameter is resolved when asked for, and at every launch', async () => {
    aws.world.ssm.seed('/aws/service/ami', 'ami-old');
    const version = pin('resolve:ssm:/aws/service/ami', 'one');
    const image = (ResolveAlias: boolean) =>
      aws.world.ec2.describeLaunchTemplateVersions({
        LaunchTemplateId: id,
        Versions: [String(version)],
        ResolveAlias,
      }).LaunchTemplateVersions?.[0]?.LaunchTemplateData?.ImageId;
    expect([image(false), image(true)]).toEqual(['resolve:ssm:/aws/service/ami', 'ami-old']);
    aws.world.ssm.seed('/aws/service/ami', 'ami-new');
    aws.world.autoScaling.createAutoScalingGroup({
      AutoScalingGroupName: 'fleet',
      MinSize: 1,
      MaxSize: 1,
      LaunchTemplate: { LaunchTemplateId: id, Version: String(version) },
    });
    await aws.clock.advance(1000);
    expect(aws.hosts.started[0]?.imageId).toBe('ami-new');
  });

  test('refuses user data above 16 KB, unknown templates and versions', () => {
    const UserData = Buffer.alloc(16_385).toString('base64');
    expect(() =>
      aws.world.ec2.createLaunchTemplateVersion({ LaunchTemplateId: id, LaunchTemplateData: { UserData } }),
    ).toThrow('limited to 16384 bytes');
    expect(() => aws.world.ec2.describeLaunchTemplateVersions({ LaunchTemplateId: 'lt-0' })).toThrow(
      'lt-0, does not exist',
    );
    expect(() =>
      aws.world.ec2.describeLaunchTemplateVersions({ LaunchTemplateId: id, Versions: ['9'] }),
    ).toThrow('Could not find launch template version 9');
  });
});

describe('instances', () => {
  let aws: Fixture;
  beforeEach(async () => {
    aws = fixture();
    const template = launchTemplate(aws.world);
    aws.world.ec2.profiles.add({ name: 'web', arn: 'arn:web', role: 'web-role', roleId: 'AROA1' });
    aws.world.ec2.createLaunchTemplateVersion({
      LaunchTemplateId: template,
      SourceVersion: '1',
      LaunchTemplateData: { IamInstanceProfile: { Arn: 'arn:web' }, MetadataOptions: {} },
    });
    aws.world.autoScaling.createAutoScalingGroup({
      AutoScalingGroupName: 'fleet',
      MinSize: 2,
      MaxSize: 2,
      LaunchTemplate: { LaunchTemplateId: template, Version: '2' },
      Tags: [{ Key: 'service', Value: 'web' }],
    });
    await aws.clock.advance(1000);
  });

  const find = (Filters: { Name: string; Values: string[] }[]) =>
    (aws.world.ec2.describeInstances({ Filters }).Reservations ?? []).flatMap(
      ({ Instances = [] }) => Instances,
    );

  test("have the tags of their template too, behind the group's own", async () => {
    const template = launchTemplate(aws.world);
    aws.world.ec2.createLaunchTemplateVersion({
      LaunchTemplateId: template,
      SourceVersion: '1',
      LaunchTemplateData: {
        TagSpecifications: [
          { ResourceType: 'volume', Tags: [{ Key: 'disk', Value: 'yes' }] },
          {
            ResourceType: 'instance',
            Tags: [
              { Key: 'team', Value: 'shop' },
              { Key: 'colour', Value: 'none' },
            ],
          },
        ],
      },
    });
    aws.world.autoScaling.createAutoScalingGroup({
      AutoScalingGroupName: 'tagged',
      MinSize: 1,
      MaxSize: 1,
      LaunchTemplate: { LaunchTemplateId: template, Version: '2' },
      Tags: [{ Key: 'colour', Value: 'blue', PropagateAtLaunch: true }],
    });
    await aws.clock.advance(1000);
    expect(aws.hosts.started.at(-1)?.tags).toMatchObject({ team: 'shop', colour: 'blue' });
    expect(aws.hosts.started.at(-1)?.tags).not.toHaveProperty('disk');
  });

  test('boot with the role of their profile; tags stay out of the metadata unless asked for', () => {
    expect(aws.hosts.started[0]).toMatchObject({ roleId: 'AROA1', tags: {}, launchTemplate: { version: 2 } });
  });

  test('are found by tag and state, and shown for an hour after their end', async () => {
    const [first] = find([{ Name: 'tag:service', Values: ['w*'] }]);
    aws.world.ec2.terminateInstances({ InstanceIds: [first?.InstanceId ?? ''] });
    await aws.clock.advance(5000);
    expect(find([{ Name: 'instance-state-name', Values: ['running'] }])).toHaveLength(2);
    expect(find([{ Name: 'tag:service', Values: ['web'] }])).toHaveLength(3);
    await aws.clock.advance(3_600_000);
    expect(find([{ Name: 'tag:service', Values: ['web'] }])).toHaveLength(2);
  });

  test('refuse a filter that is not modelled', () => {
    expect(() => find([{ Name: 'hypervisor', Values: ['xen'] }])).toThrow('the instance filter hypervisor');
  });
});
