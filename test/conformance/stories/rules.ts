import { DescribeRulesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { listener, tags, targetGroup } from '../seeds.ts';
import type { Story } from '../story.ts';

const conditions = { hosts: ['a.example.com'], paths: ['/x*'] };

const changed: Story = {
  name: 'rules: made, found by tags, changed without their actions, and removed',
  async tell(account) {
    const { balancer, rules } = account.adapters;
    const [main, blue] = [await listener(account), await targetGroup(account, 'blue')];
    const forward = [{ targetGroup: blue, weight: 100 }];
    const arn = await rules.create({ listener: main, priority: 7, conditions, forward, tags });
    expect(await rules.find(main, 'prod', 'web')).toEqual([{ arn, priority: 7 }]);
    await rules.setConditions(arn, { hosts: [], paths: ['/y', '/z'] });
    await rules.setPriority(arn, 9);
    expect(await rules.find(main, 'prod', 'web')).toEqual([{ arn, priority: 9 }]);
    expect(await balancer.action(arn)).toEqual({ forward, sticky: false });
    const { Rules } = await account.clients.elb.send(new DescribeRulesCommand({ RuleArns: [arn] }));
    expect(Rules?.[0]?.Conditions).toMatchObject([
      { Field: 'path-pattern', PathPatternConfig: { Values: ['/y', '/z'] } },
    ]);
    await rules.delete(arn);
    await rules.delete(arn);
    expect(await rules.find(main, 'prod', 'web')).toEqual([]);
  },
};

const apart: Story = {
  name: 'rules: those of other services are not found, and keep their priority',
  async tell(account) {
    const { rules } = account.adapters;
    const main = await listener(account);
    const create = (priority: number, service: string) =>
      rules.create({
        listener: main,
        priority,
        conditions,
        forward: [],
        tags: { ...tags, 'holdfast:service': service },
      });
    const web = await create(7, 'web');
    await create(8, 'worker');
    expect(await rules.find(main, 'prod', 'web')).toEqual([{ arn: web, priority: 7 }]);
    expect(await rules.find(main, 'staging', 'web')).toEqual([]);
    await expect(create(7, 'web')).rejects.toMatchObject({
      name: 'AwsFailed',
      message: expect.stringContaining('PriorityInUse'),
    });
    await expect(rules.setPriority(web, 8)).rejects.toMatchObject({ name: 'AwsFailed' });
  },
};

const many: Story = {
  name: 'rules: more than can be asked for their tags at once',
  async tell(account) {
    const { rules } = account.adapters;
    const main = await listener(account);
    for (let priority = 1; priority <= 21; priority += 1)
      await rules.create({ listener: main, priority, conditions, forward: [], tags });
    expect(await rules.find(main, 'prod', 'web')).toHaveLength(21);
  },
};

const missing: Story = {
  name: 'rules: fails to change one that is gone, and to find those of no listener',
  async tell(account) {
    const { balancer, rules } = account.adapters;
    const main = await listener(account);
    const arn = await rules.create({ listener: main, priority: 7, conditions, forward: [], tags });
    await rules.delete(arn);
    expect(await balancer.action(arn)).toBeUndefined();
    await expect(balancer.forward(arn, [])).rejects.toMatchObject({ name: 'AwsFailed' });
    await expect(rules.setConditions(arn, conditions)).rejects.toMatchObject({ name: 'AwsFailed' });
    await expect(rules.find(`${main}0`, 'prod', 'web')).rejects.toMatchObject({ name: 'AwsFailed' });
  },
};

export const ruleStories: Story[] = [changed, apart, many, missing];
