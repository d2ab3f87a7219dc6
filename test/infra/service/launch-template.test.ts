import { onlyResource, type ServiceInput, templateOf, web } from '../../support/stack/example.ts';

interface Data {
  ImageId: string;
  InstanceType: string;
  MetadataOptions: unknown;
  UserData: unknown;
  TagSpecifications: { ResourceType: string; Tags: { Key: string; Value: string }[] }[];
}

const launchTemplate = (
  service: Partial<ServiceInput> = {},
  environment: { tags?: Record<string, string> } = {},
) => {
  const template = templateOf('service-web', { ...environment, services: { web: { ...web, ...service } } });
  const { Properties, id } = onlyResource(template, 'AWS::EC2::LaunchTemplate');
  return {
    id,
    description: Properties.VersionDescription,
    data: Properties.LaunchTemplateData as Data,
    own: Properties.TagSpecifications,
  };
};

describe('the launch template', () => {
  test('takes IMDSv2 alone, from the instance itself, and shows tags there', () => {
    expect(launchTemplate().data.MetadataOptions).toEqual({
      HttpEndpoint: 'enabled',
      HttpTokens: 'required',
      HttpPutResponseHopLimit: 1,
      InstanceMetadataTags: 'enabled',
    });
  });

  test('has no SSH key', () => {
    expect(launchTemplate().data).not.toHaveProperty('KeyName');
  });

  test('leaves an image parameter to EC2, so that a new image needs no update', () => {
    expect(launchTemplate().data.ImageId).toMatch(/^resolve:ssm:\/aws\/service\/ami-amazon-linux/);
    expect(launchTemplate({ image: { parameter: '/images/web' } }).data.ImageId).toBe(
      'resolve:ssm:/images/web',
    );
    expect(launchTemplate({ image: { id: 'ami-0123456789abcdef0' } }).data.ImageId).toBe(
      'ami-0123456789abcdef0',
    );
  });

  test('tags instances, volumes and interfaces for people', () => {
    const { TagSpecifications } = launchTemplate({}, { tags: { team: 'shop' } }).data;
    expect(TagSpecifications.map(({ ResourceType }) => ResourceType)).toEqual([
      'instance',
      'volume',
      'network-interface',
    ]);
    const labels = [
      { Key: 'holdfast:environment', Value: 'test' },
      { Key: 'holdfast:service', Value: 'web' },
      { Key: 'Name', Value: 'holdfast-test-web' },
      { Key: 'team', Value: 'shop' },
    ];
    const roleId = { Key: 'holdfast:role-id', Value: { 'Fn::GetAtt': [expect.any(String), 'RoleId'] } };
    expect(TagSpecifications.map(({ Tags }) => Tags)).toEqual([[...labels, roleId], labels, labels]);
  });

  test('describes its version by a digest that changes with the content and with nothing else', () => {
    const { description } = launchTemplate();
    expect(description).toMatch(/^[0-9a-f]{64}$/);
    expect(launchTemplate().description).toBe(description);
    expect(launchTemplate({ capacity: { min: 3, max: 9 } }).description).toBe(description);
    const changes: Partial<ServiceInput>[] = [
      { instanceType: 't4g.large' },
      { image: { id: 'ami-0123456789abcdef0' } },
      { role: 'other' },
    ];
    const digests = changes.map((change) => launchTemplate(change).description);
    expect(new Set([description, ...digests]).size).toBe(4);
  });

  test('is itself the same whatever changes: live fleets name it', () => {
    const before = launchTemplate();
    const after = launchTemplate({ instanceType: 't4g.large', port: 9090 }, { tags: { team: 'other' } });
    expect(after.id).toBe(before.id);
    expect(after.own).toEqual(before.own);
  });
});
