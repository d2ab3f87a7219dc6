import {
  type Fixture,
  fixture,
  forward,
  listener,
  rule,
  targetGroup,
} from '../../support/local-aws/world.ts';

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

  describe('of a changed rule', () => {
    /** Rules of the listener by which a request may go. */
    const answers = () =>
      aws.world.elb.nodes.views(listenerArn).map((view) => view.map(({ arn, actions }) => [arn, actions]));

    test('is applied by each node on its own, within the lag, and never taken back', async () => {
      aws = fixture({ timing: { ruleLag: 10_000 } });
      listenerArn = listener(aws.world);
      blue = targetGroup(aws.world, 'blue');
      green = targetGroup(aws.world, 'green');
      const RuleArn = rule(aws.world, listenerArn, { [blue]: 1 });
      await aws.clock.advance(10_000);
      const [before] = answers();
      expect(answers()).toEqual([before]);
      aws.world.elb.modifyRule({ RuleArn, Actions: [forward({ [green]: 1 })] });
      expect(answers()).toEqual([before]);
      const after = aws.world.elb.rules.of(listenerArn).map(({ arn, actions }) => [arn, actions]);
      const seen: unknown[] = [];
      for (let second = 0; second < 10; second += 1) {
        await aws.clock.advance(1_000);
        seen.push(...answers());
      }
      expect(answers()).toEqual([after]);
      const changes = seen.filter((each, index) => JSON.stringify(each) !== JSON.stringify(seen[index - 1]));
      expect(changes.at(-1)).toEqual(after);
      expect(new Set(seen.map((each) => JSON.stringify(each)))).toEqual(
        new Set([JSON.stringify(after), JSON.stringify(before)]),
      );
    });

    test('lets a request that a late node takes go where the weights were', async () => {
      aws = fixture({ timing: { ruleLag: 10_000 } });
      listenerArn = listener(aws.world);
      blue = targetGroup(aws.world, 'blue');
      aws.world.elb.registerTargets({ TargetGroupArn: blue, Targets: [{ Id: 'i-1' }] });
      const RuleArn = rule(aws.world, listenerArn, { [blue]: 1 });
      await aws.clock.advance(20_000);
      aws.world.elb.deleteRule({ RuleArn });
      expect(targetOf()).toBe('i-1');
      await aws.clock.advance(10_000);
      expect(targetOf()).toBe('fixed');
    });
  });
});
