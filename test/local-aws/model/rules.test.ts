import {
  type Fixture,
  fixture,
  forward,
  listener,
  rule,
  targetGroup,
} from '../../support/local-aws/world.ts';

describe('rules', () => {
  let aws: Fixture;
  let listenerArn: string;
  let blue: string;
  let green: string;
  beforeEach(() => {
    aws = fixture();
    listenerArn = listener(aws.world);
    blue = targetGroup(aws.world, 'blue');
    green = targetGroup(aws.world, 'green');
  });

  const create = (Priority: number, conditions: { hosts?: string[]; paths?: string[] }, group: string) =>
    aws.world.elb.createRule({
      ListenerArn: listenerArn,
      Priority,
      Conditions: [
        ...(conditions.hosts
          ? [{ Field: 'host-header', HostHeaderConfig: { Values: conditions.hosts } }]
          : []),
        ...(conditions.paths
          ? [{ Field: 'path-pattern', PathPatternConfig: { Values: conditions.paths } }]
          : []),
      ],
      Actions: [forward({ [group]: 1 })],
    }).Rules?.[0]?.RuleArn ?? '';
  const groupFor = (host: string, path: string) => {
    const route = aws.world.elb.route(listenerArn, host, path, () => 0);
    return route.kind === 'target' ? route.group.name : route.kind;
  };

  test('the lowest priority whose conditions all hold wins, else the default action', () => {
    create(20, { paths: ['/*'], hosts: ['*.example.org'] }, blue);
    create(10, { paths: ['/api/*', '/v?'] }, green);
    aws.world.elb.registerTargets({ TargetGroupArn: blue, Targets: [{ Id: 'i-1' }] });
    aws.world.elb.registerTargets({ TargetGroupArn: green, Targets: [{ Id: 'i-2' }] });
    expect(groupFor('www.example.org', '/')).toBe('blue');
    expect(groupFor('WWW.Example.org:8080', '/api/x?y=/z')).toBe('green');
    expect(groupFor('other.net', '/v1')).toBe('green');
    expect(groupFor('other.net', '/API/x')).toBe('fixed');
    expect(groupFor('example.org', '/')).toBe('fixed');
  });

  test('priorities are unique and can be exchanged', () => {
    const first = create(1, { paths: ['/a'] }, blue);
    const second = create(2, { paths: ['/b'] }, blue);
    expect(() => create(2, { paths: ['/c'] }, blue)).toThrow("Priority '2' is currently in use");
    aws.world.elb.setRulePriorities({
      RulePriorities: [
        { RuleArn: first, Priority: 2 },
        { RuleArn: second, Priority: 1 },
      ],
    });
    const { Rules = [] } = aws.world.elb.describeRules({ ListenerArn: listenerArn });
    expect(Rules.map(({ RuleArn, Priority }) => [RuleArn, Priority]).slice(0, 2)).toEqual([
      [second, '1'],
      [first, '2'],
    ]);
    expect(Rules.at(-1)).toMatchObject({ Priority: 'default', IsDefault: true });
  });

  test('changing conditions keeps the actions', () => {
    const RuleArn = rule(aws.world, listenerArn, { [blue]: 100, [green]: 0 });
    aws.world.elb.modifyRule({
      RuleArn,
      Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['a.org'] } }],
    });
    const [found] = aws.world.elb.describeRules({ RuleArns: [RuleArn] }).Rules ?? [];
    expect(found?.Conditions).toMatchObject([{ Field: 'host-header', Values: ['a.org'] }]);
    expect(found?.Actions).toMatchObject([forward({ [blue]: 100, [green]: 0 })]);
  });

  test('refuses six condition values, weight 1000, and an unknown target group', () => {
    expect(() => create(1, { paths: ['/1', '/2', '/3'], hosts: ['a', 'b', 'c'] }, blue)).toThrow('at most 5');
    expect(() => rule(aws.world, listenerArn, { [blue]: 1000 })).toThrow('not between 0 and 999');
    expect(() => rule(aws.world, listenerArn, { 'arn:none': 1 })).toThrow('not found: arn:none');
  });

  test('refuses to delete the default rule', () => {
    const [found] = aws.world.elb.describeRules({ ListenerArn: listenerArn }).Rules ?? [];
    expect(() => aws.world.elb.deleteRule({ RuleArn: found?.RuleArn })).toThrow('Default rule');
  });

  test('tags go with their resource', () => {
    const RuleArn = create(1, { paths: ['/a'] }, blue);
    aws.world.elb.addTags({ ResourceArns: [RuleArn, blue], Tags: [{ Key: 'service', Value: 'web' }] });
    aws.world.elb.removeTags({ ResourceArns: [blue], TagKeys: ['service'] });
    const tags = (arn: string) =>
      aws.world.elb.describeTags({ ResourceArns: [arn] }).TagDescriptions?.[0]?.Tags;
    expect([tags(RuleArn), tags(blue)]).toEqual([[{ Key: 'service', Value: 'web' }], []]);
    aws.world.elb.deleteRule({ RuleArn });
    expect(() => tags(RuleArn)).toThrow(expect.objectContaining({ code: 'RuleNotFound' }));
    expect(() => tags(`${blue}0`)).toThrow(expect.objectContaining({ code: 'TargetGroupNotFound' }));
  });
});
