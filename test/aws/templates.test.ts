import { ec2Instances } from '../../lib/aws/instances.ts';
import { ec2Templates } from '../../lib/aws/templates.ts';
import { type Clients, clients } from '../support/local-aws/clients.ts';
import { launchTemplate } from '../support/local-aws/world.ts';

describe('launch templates', () => {
  let aws: Clients;
  let id: string;
  beforeEach(async () => {
    aws = await clients('memory');
    id = launchTemplate(aws.world);
  });
  afterEach(() => aws.close());

  const templates = () => ec2Templates(aws.ec2);
  const pin = (token = 't-1') => ({
    id,
    source: 1,
    imageId: 'ami-00000009',
    description: 'pinned by d-1',
    token,
  });

  test('a version is pinned once for a token, and shown newest first', async () => {
    expect(await templates().pin(pin())).toBe(2);
    expect(await templates().pin(pin())).toBe(2);
    expect(await templates().versions(id)).toEqual([
      { version: 2, description: 'pinned by d-1' },
      { version: 1, description: '' },
    ]);
    expect(await templates().image(id, 2)).toBe('ami-00000009');
  });

  test('a parameter in place of the image is resolved', async () => {
    aws.world.ssm.putParameter({ Name: '/image', Value: 'ami-0000000a', Type: 'String' });
    const { LaunchTemplate } = aws.world.ec2.createLaunchTemplate({
      LaunchTemplateName: 'alias',
      LaunchTemplateData: { ImageId: 'resolve:ssm:/image' },
    });
    expect(await templates().image(LaunchTemplate?.LaunchTemplateId ?? '', 1)).toBe('ami-0000000a');
  });

  test('a version is deleted; one that is gone is fine', async () => {
    const version = await templates().pin(pin());
    await templates().delete(id, version);
    await templates().delete(id, version);
    expect(await templates().versions(id)).toHaveLength(1);
    await expect(templates().versions('lt-00000000000000000')).rejects.toMatchObject({ name: 'AwsFailed' });
  });

  const named = (deployment: string) => ({ environment: 'test', service: 'web', deployment });

  test('instances of a deployment are found, ended ones too, with their console', async () => {
    aws.world.ec2.zones.set('subnet-a', 'us-east-1a');
    aws.hosts.console = () => 'the console';
    aws.world.autoScaling.createAutoScalingGroup({
      AutoScalingGroupName: 'green-1',
      MinSize: 1,
      MaxSize: 1,
      LaunchTemplate: { LaunchTemplateId: id, Version: '1' },
      VPCZoneIdentifier: 'subnet-a',
      Tags: Object.entries({ environment: 'test', service: 'web', deployment: 'd-1' }).map(
        ([key, Value]) => ({
          Key: `holdfast:${key}`,
          Value,
          PropagateAtLaunch: true,
        }),
      ),
    });
    const [first] = await ec2Instances(aws.ec2).ofDeployment(named('d-1'));
    expect(first).toEqual({ id: expect.stringMatching(/^i-/), group: 'green-1', state: 'pending' });
    expect(await ec2Instances(aws.ec2).console(first?.id ?? '')).toBe('the console');
    await aws.clock.advance(1_000);
    aws.world.autoScaling.deleteAutoScalingGroup({ AutoScalingGroupName: 'green-1', ForceDelete: true });
    await aws.clock.advance(60_000);
    expect(await ec2Instances(aws.ec2).ofDeployment(named('d-1'))).toMatchObject([
      { id: first?.id, state: 'terminated' },
    ]);
    expect(await ec2Instances(aws.ec2).ofDeployment(named('d-2'))).toEqual([]);
    const elsewhere = { ...named('d-1'), environment: 'prod' };
    expect(await ec2Instances(aws.ec2).ofDeployment(elsewhere)).toEqual([]);
  });
});
