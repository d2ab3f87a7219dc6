import { elasticLoadBalancing } from '../../lib/aws/balancer.ts';
import { listenerRules } from '../../lib/aws/rules.ts';
import { healthSchema } from '../../lib/config/service.ts';
import { type Clients, clients } from '../support/local-aws/clients.ts';
import { listener, rule, targetGroup } from '../support/local-aws/world.ts';

const tags = { 'holdfast:environment': 'prod', 'holdfast:service': 'web' };

describe('the load balancer', () => {
  let aws: Clients;
  let main: string;
  let blue: string;
  let green: string;
  beforeEach(async () => {
    aws = await clients('memory');
    main = listener(aws.world);
    blue = targetGroup(aws.world, 'blue');
    green = targetGroup(aws.world, 'green');
  });
  afterEach(() => aws.close());

  const balancer = () => elasticLoadBalancing(aws.elb);
  const rules = () => listenerRules(aws.elb);

  test('weights are set and read, stickiness off', async () => {
    const arn = rule(aws.world, main, { [blue]: 1 });
    const weights = [
      { targetGroup: green, weight: 100 },
      { targetGroup: blue, weight: 0 },
    ];
    await balancer().forward(arn, weights);
    expect(await balancer().action(arn)).toEqual({ forward: weights, sticky: false });
  });

  test('no weights: a fixed 503', async () => {
    const arn = rule(aws.world, main, { [blue]: 1 });
    await balancer().forward(arn, []);
    expect(await balancer().action(arn)).toEqual({ forward: [], sticky: false });
    expect(aws.world.elb.route(main, 'a', '/')).toMatchObject({
      kind: 'fixed',
      status: 503,
      body: 'nothing is deployed yet',
    });
  });

  test('a rule that is not there is not an error', async () => {
    const arn = rule(aws.world, main, { [blue]: 1 });
    await rules().delete(arn);
    await rules().delete(arn);
    expect(await balancer().action(arn)).toBeUndefined();
    await expect(balancer().forward(arn, [])).rejects.toMatchObject({ name: 'AwsFailed' });
  });

  test('targets of a group that is gone are none', async () => {
    expect(await balancer().targets(blue)).toEqual([]);
    await balancer().delete(blue);
    await balancer().delete(blue);
    expect(await balancer().targets(blue)).toEqual([]);
  });

  test('health check and drain time are set', async () => {
    await balancer().configure(blue, healthSchema.parse({ path: '/up', intervalSeconds: 7 }), 45);
    const { TargetGroups } = aws.world.elb.describeTargetGroups({ TargetGroupArns: [blue] });
    expect(TargetGroups).toMatchObject([
      { HealthCheckPath: '/up', HealthCheckIntervalSeconds: 7, Matcher: { HttpCode: '200' } },
    ]);
    const { Attributes } = aws.world.elb.describeTargetGroupAttributes({ TargetGroupArn: blue });
    expect(Attributes).toContainEqual({ Key: 'deregistration_delay.timeout_seconds', Value: '45' });
  });

  test('target groups of a service are found by their tags', async () => {
    aws.world.elb.addTags({
      ResourceArns: [green],
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    });
    const arn = rule(aws.world, main, { [green]: 1 });
    expect(await balancer().ofService('prod', 'web')).toEqual([
      { arn: green, name: 'green', balancers: [expect.stringContaining('loadbalancer/app/main')] },
    ]);
    await rules().delete(arn);
    expect((await balancer().ofService('prod', 'web'))[0]?.balancers).toEqual([]);
    expect(await balancer().ofService('prod', 'other')).toEqual([]);
  });

  test('rules are made, found by tags, changed without their actions, and removed', async () => {
    const conditions = { hosts: ['a.example.com'], paths: ['/x*'] };
    const forward = [{ targetGroup: blue, weight: 100 }];
    const arn = await rules().create({ listener: main, priority: 7, conditions, forward, tags });
    expect(await rules().find(main, 'prod', 'web')).toMatchObject([{ arn, priority: 7 }]);
    await rules().setConditions(arn, { hosts: [], paths: ['/y'] });
    await rules().setPriority(arn, 9);
    expect(await rules().find(main, 'prod', 'web')).toMatchObject([{ arn, priority: 9 }]);
    expect((await balancer().action(arn))?.forward).toEqual(forward);
    expect(aws.world.elb.route(main, 'b.example.com', '/y')).toMatchObject({ rule: arn });
    expect(await rules().find(main, 'prod', 'other')).toEqual([]);
  });
});
