import { type Fixture, fixture, forward, health, listener, rule, targetGroup } from './fixture.ts';

describe('target health', () => {
  let aws: Fixture;
  let group: string;
  let listenerArn: string;
  beforeEach(() => {
    aws = fixture();
    group = targetGroup(aws.world, 'blue');
    listenerArn = listener(aws.world);
  });

  const register = (...ids: string[]) =>
    aws.world.elb.registerTargets({ TargetGroupArn: group, Targets: ids.map((Id) => ({ Id })) });
  const deregister = (Id: string) =>
    aws.world.elb.deregisterTargets({ TargetGroupArn: group, Targets: [{ Id }] });

  test('a group in no rule is unused and not checked', async () => {
    register('i-1');
    await aws.clock.advance(60_000);
    expect(health(aws.world, group)).toEqual({ 'i-1': 'unused' });
    expect(aws.hosts.probes).toEqual([]);
  });

  test('weight 0 in a rule is enough for checks, and one passed check for a new target', async () => {
    const other = targetGroup(aws.world, 'green');
    register('i-1');
    rule(aws.world, listenerArn, { [other]: 100, [group]: 0 });
    expect(health(aws.world, group)).toEqual({ 'i-1': 'initial' });
    await aws.clock.advance(500);
    expect(health(aws.world, group)).toEqual({ 'i-1': 'healthy' });
    expect(aws.hosts.probes).toEqual(['i-1:8080/health']);
  });

  test('thresholds decide when it turns unhealthy and healthy again', async () => {
    rule(aws.world, listenerArn, { [group]: 1 });
    register('i-1');
    await aws.clock.advance(500);
    aws.hosts.status = 500;
    await aws.clock.advance(10_000);
    expect(health(aws.world, group)).toEqual({ 'i-1': 'healthy' });
    await aws.clock.advance(10_000);
    expect(health(aws.world, group)).toEqual({ 'i-1': 'unhealthy' });
    aws.hosts.status = 200;
    await aws.clock.advance(10_000);
    expect(health(aws.world, group)).toEqual({ 'i-1': 'unhealthy' });
    await aws.clock.advance(10_000);
    expect(health(aws.world, group)).toEqual({ 'i-1': 'healthy' });
  });

  test('says why a target is unhealthy', async () => {
    rule(aws.world, listenerArn, { [group]: 1 });
    aws.hosts.statuses.set('i-1', 503).set('i-2', undefined);
    register('i-1', 'i-2');
    await aws.clock.advance(20_000);
    const { TargetHealthDescriptions = [] } = aws.world.elb.describeTargetHealth({ TargetGroupArn: group });
    expect(TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth)).toEqual([
      {
        State: 'unhealthy',
        Reason: 'Target.ResponseCodeMismatch',
        Description: 'Health checks failed with these codes: [503]',
      },
      { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' },
    ]);
  });

  test('draining lasts to the end of the delay', async () => {
    rule(aws.world, listenerArn, { [group]: 1 });
    register('i-1');
    await aws.clock.advance(500);
    deregister('i-1');
    await aws.clock.advance(299_000);
    expect(health(aws.world, group)).toEqual({ 'i-1': 'draining' });
    await aws.clock.advance(1000);
    expect(health(aws.world, group)).toEqual({});
    expect(aws.clock.next()).toBeUndefined();
  });

  test('a draining target that is registered again begins anew', async () => {
    rule(aws.world, listenerArn, { [group]: 1 });
    register('i-1');
    await aws.clock.advance(500);
    deregister('i-1');
    register('i-1');
    expect(health(aws.world, group)).toEqual({ 'i-1': 'initial' });
    await aws.clock.advance(400_000);
    expect(health(aws.world, group)).toEqual({ 'i-1': 'healthy' });
  });

  test('a target of an unused group leaves at once, and a missing one is no error', () => {
    register('i-1');
    deregister('i-1');
    deregister('i-1');
    expect(health(aws.world, group)).toEqual({});
  });

  test('out of every rule it is unused again, and checks stop', async () => {
    const arn = rule(aws.world, listenerArn, { [group]: 1 });
    register('i-1');
    await aws.clock.advance(500);
    aws.world.elb.deleteRule({ RuleArn: arn });
    expect(health(aws.world, group)).toEqual({ 'i-1': 'unused' });
    expect(aws.clock.next()).toBeUndefined();
  });

  test('refuses to delete a group that a rule names, even at weight 0', () => {
    rule(aws.world, listenerArn, { [group]: 0 });
    expect(() => aws.world.elb.deleteTargetGroup({ TargetGroupArn: group })).toThrow('currently in use');
  });

  test('deletes a group that no rule names, and again', () => {
    aws.world.elb.deleteTargetGroup({ TargetGroupArn: group });
    aws.world.elb.deleteTargetGroup({ TargetGroupArn: group });
    expect(() => aws.world.elb.describeTargetGroups({ TargetGroupArns: [group] })).toThrow('not found');
  });
});

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
});

describe('route', () => {
  let aws: Fixture;
  let listenerArn: string;
  let blue: string;
  let green: string;
  beforeEach(() => {
    aws = fixture();
    listenerArn = listener(aws.world);
    blue = targetGroup(aws.world, 'blue');
    green = targetGroup(aws.world, 'green');
    aws.world.elb.registerTargets({ TargetGroupArn: blue, Targets: [{ Id: 'i-1' }, { Id: 'i-2' }] });
    aws.world.elb.registerTargets({ TargetGroupArn: green, Targets: [{ Id: 'i-3' }] });
  });

  const targetOf = (...picks: number[]) => {
    const route = aws.world.elb.route(listenerArn, 'any', '/', () => picks.shift() ?? 0);
    return route.kind === 'target' ? route.target.id : route.kind;
  };

  test('weights share the requests among groups, and targets of a group take turns', async () => {
    rule(aws.world, listenerArn, { [blue]: 90, [green]: 10 });
    await aws.clock.advance(1000);
    expect([targetOf(0, 0), targetOf(0, 0.6), targetOf(0.89, 0), targetOf(0.9, 0)]).toEqual([
      'i-1',
      'i-2',
      'i-1',
      'i-3',
    ]);
  });

  test('only healthy targets get requests', async () => {
    aws.hosts.statuses.set('i-1', 500);
    rule(aws.world, listenerArn, { [blue]: 1 });
    await aws.clock.advance(30_000);
    expect([targetOf(0, 0), targetOf(0, 0.99)]).toEqual(['i-2', 'i-2']);
  });

  test('fails open: when no target is healthy, all get requests', async () => {
    aws.hosts.status = 500;
    rule(aws.world, listenerArn, { [blue]: 1 });
    await aws.clock.advance(30_000);
    expect([targetOf(0, 0), targetOf(0, 0.99)]).toEqual(['i-1', 'i-2']);
  });

  test('draining targets get none', async () => {
    rule(aws.world, listenerArn, { [green]: 1 });
    await aws.clock.advance(1000);
    aws.world.elb.deregisterTargets({ TargetGroupArn: green, Targets: [{ Id: 'i-3' }] });
    expect(targetOf()).toBe('none');
  });

  test('a group without targets and a rule without weights answer nothing', () => {
    const empty = targetGroup(aws.world, 'empty');
    const RuleArn = rule(aws.world, listenerArn, { [empty]: 1 });
    expect(aws.world.elb.route(listenerArn, 'any', '/')).toMatchObject({
      kind: 'none',
      because: 'empty has no registered target',
    });
    aws.world.elb.modifyRule({ RuleArn, Actions: [forward({ [blue]: 0 })] });
    expect(aws.world.elb.route(listenerArn, 'any', '/')).toMatchObject({
      kind: 'none',
      because: 'every weight of the rule is 0',
    });
  });

  test('a fixed response', () => {
    expect(aws.world.elb.route(listenerArn, 'any', '/')).toMatchObject({ kind: 'fixed', status: 404 });
  });
});
