import { type Fixture, fixture, health, listener, rule, targetGroup } from '../../support/local-aws/world.ts';

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
    expect(aws.clock.pending).toBe(0);
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
    expect(aws.clock.pending).toBe(0);
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

  test('a target that is asked for and not there is unused', () => {
    const { TargetHealthDescriptions } = aws.world.elb.describeTargetHealth({
      TargetGroupArn: group,
      Targets: [{ Id: 'i-9' }],
    });
    expect(TargetHealthDescriptions?.[0]?.TargetHealth).toMatchObject({
      State: 'unused',
      Reason: 'Target.NotRegistered',
    });
  });
});
