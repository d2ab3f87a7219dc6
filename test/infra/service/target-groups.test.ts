import { templateOf, web } from '../../support/stack/example.ts';

const groups = (port = 8080) =>
  templateOf('service-web', { services: { web: { ...web, port } } }).findResources(
    'AWS::ElasticLoadBalancingV2::TargetGroup',
  );

describe('the target groups', () => {
  test('are a blue and a green one, told apart by a tag', () => {
    const colours = Object.values(groups()).map(({ Properties }) => Properties.Tags[0]);
    expect(colours).toEqual([
      { Key: 'holdfast:colour', Value: 'blue' },
      { Key: 'holdfast:colour', Value: 'green' },
    ]);
  });

  test('state nothing that an update could change under a live fleet', () => {
    for (const { Properties } of Object.values(groups()))
      expect(Object.keys(Properties).toSorted()).toEqual(['Port', 'Protocol', 'Tags', 'TargetType', 'VpcId']);
  });

  test('do not take the tags of the environment: not even a tag of theirs changes', () => {
    const tagged = templateOf('service-web', { tags: { team: 'shop' } });
    for (const { Properties } of Object.values(
      tagged.findResources('AWS::ElasticLoadBalancingV2::TargetGroup'),
    ))
      expect(Properties.Tags).not.toContainEqual({ Key: 'team', Value: 'shop' });
  });

  test('are another pair for another port, and stay when the stack lets go of them', () => {
    expect(Object.keys(groups(8080))).not.toEqual(expect.arrayContaining(Object.keys(groups(9090))));
    for (const group of Object.values(groups())) {
      expect(group.DeletionPolicy).toBe('RetainExceptOnCreate');
      expect(group.UpdateReplacePolicy).toBe('Retain');
    }
  });

  test('are not made for a service without a route', () => {
    templateOf('service-worker').resourceCountIs('AWS::ElasticLoadBalancingV2::TargetGroup', 0);
  });
});
