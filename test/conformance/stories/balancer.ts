import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { healthSchema } from '../../../lib/config/service.ts';
import { targetGroup, traffic } from '../seeds.ts';
import type { Story } from '../story.ts';

const weights: Story = {
  name: 'balancer: weights are set and read, zero among them',
  async tell(account) {
    const { rule, blue, green } = await traffic(account);
    const forward = [
      { targetGroup: green, weight: 100 },
      { targetGroup: blue, weight: 0 },
    ];
    await account.adapters.balancer.forward(rule, forward);
    expect(await account.adapters.balancer.action(rule)).toEqual({ forward, sticky: false });
    await account.adapters.balancer.forward(rule, [{ targetGroup: green, weight: 999 }]);
    expect((await account.adapters.balancer.action(rule))?.forward).toEqual([
      { targetGroup: green, weight: 999 },
    ]);
  },
};

const fixed: Story = {
  name: 'balancer: no weights are a fixed 503',
  async tell(account) {
    const { rule } = await traffic(account);
    await account.adapters.balancer.forward(rule, []);
    expect(await account.adapters.balancer.action(rule)).toEqual({ forward: [], sticky: false });
  },
};

const refused: Story = {
  name: 'balancer: refuses a weight above 999, and a target group that is not there',
  notMoto: 'takes every weight',
  async tell(account) {
    const { rule, blue } = await traffic(account);
    const forward = (targetGroup: string, weight: number) =>
      account.adapters.balancer.forward(rule, [{ targetGroup, weight }]);
    await expect(forward(blue, 1000)).rejects.toMatchObject({ name: 'AwsFailed' });
    await expect(forward(`${blue}0`, 1)).rejects.toMatchObject({ name: 'AwsFailed' });
  },
};

const configured: Story = {
  name: 'balancer: health check and drain time are set',
  async tell(account) {
    const TargetGroupArn = await targetGroup(account, 'blue');
    const health = healthSchema.parse({ path: '/up', intervalSeconds: 7, matcher: '200-299' });
    await account.adapters.balancer.configure(TargetGroupArn, health, 45);
    const { elb } = account.clients;
    const groups = await elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [TargetGroupArn] }));
    expect(groups.TargetGroups).toMatchObject([
      {
        HealthCheckPath: '/up',
        HealthCheckIntervalSeconds: 7,
        HealthCheckTimeoutSeconds: health.checkTimeoutSeconds,
        HealthyThresholdCount: health.healthyThreshold,
        UnhealthyThresholdCount: health.unhealthyThreshold,
        Matcher: { HttpCode: '200-299' },
      },
    ]);
    const { Attributes } = await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
    expect(Attributes).toContainEqual({ Key: 'deregistration_delay.timeout_seconds', Value: '45' });
    expect(Attributes).toContainEqual({ Key: 'stickiness.enabled', Value: 'false' });
  },
};

const found: Story = {
  name: 'balancer: target groups are found by tags, with the load balancers that name them',
  async tell(account) {
    const { balancer } = account.adapters;
    const { blue, green } = await traffic(account);
    const named = expect.stringContaining(':loadbalancer/app/main/');
    const sorted = async () =>
      (await balancer.ofService('prod', 'web')).toSorted((a, b) => a.name.localeCompare(b.name));
    expect(await sorted()).toEqual([
      { arn: blue, name: 'blue', balancers: [named] },
      { arn: green, name: 'green', balancers: [] },
    ]);
    expect(await balancer.ofService('prod', 'worker')).toEqual([]);
  },
};

const left: Story = {
  name: 'balancer: a target group that no rule names any more has no load balancer',
  notMoto: 'keeps the load balancer of a rule that was deleted',
  async tell(account) {
    const { rule } = await traffic(account);
    await account.adapters.rules.delete(rule);
    const groups = await account.adapters.balancer.ofService('prod', 'web');
    expect(groups.map(({ balancers }) => balancers)).toEqual([[], []]);
  },
};

const deleted: Story = {
  name: 'balancer: a target group is deleted unless a rule names it; one that is gone has no targets',
  async tell(account) {
    const { balancer } = account.adapters;
    const { blue, green } = await traffic(account);
    await expect(balancer.delete(blue)).rejects.toMatchObject({
      name: 'AwsFailed',
      message: expect.stringContaining('ResourceInUse'),
    });
    expect(await balancer.exists(green)).toBe(true);
    await balancer.delete(green);
    await balancer.delete(green);
    expect(await balancer.exists(green)).toBe(false);
    expect(await balancer.targets(green)).toEqual([]);
    await expect(balancer.deregister(green, ['i-0123456789abcdef0'])).resolves.toBeUndefined();
  },
};

export const balancerStories: Story[] = [weights, fixed, refused, configured, found, left, deleted];
