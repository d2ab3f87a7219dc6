import { DescribeLifecycleHooksCommand } from '@aws-sdk/client-auto-scaling';
import { launchHook, terminateHook } from '../../../lib/config/resource-names.ts';
import { fleetSpec, tags, targetGroup } from '../seeds.ts';
import type { Story } from '../story.ts';

const made: Story = {
  name: 'groups: one is made with tags, target group and template version',
  async tell(account) {
    const { groups } = account.adapters;
    const targetGroups = [await targetGroup(account, 'green')];
    const spec = await fleetSpec(account, { size: 0, targetGroups });
    expect(await groups.create(spec)).toBe(true);
    expect(await groups.get('green-1')).toEqual({
      name: 'green-1',
      min: 0,
      max: 3,
      desired: 0,
      instances: [],
      tags: spec.tags,
      targetGroups,
      launchTemplate: spec.launchTemplate,
      deleting: false,
    });
  },
};

const held: Story = {
  name: 'groups: one is made with its hooks',
  notMoto: 'leaves out the hooks of a creation',
  async tell(account) {
    await account.adapters.groups.create(await fleetSpec(account, { size: 0 }));
    const { LifecycleHooks = [] } = await account.clients.autoScaling.send(
      new DescribeLifecycleHooksCommand({ AutoScalingGroupName: 'green-1' }),
    );
    const hooks = LifecycleHooks.map((hook) => [
      hook.LifecycleHookName,
      hook.DefaultResult,
      hook.HeartbeatTimeout,
    ]);
    expect(hooks).toEqual([
      [launchHook, 'ABANDON', 300],
      [terminateHook, 'CONTINUE', 60],
    ]);
  },
};

const twice: Story = {
  name: 'groups: a name is taken once',
  notMoto: 'takes the name of a group twice',
  async tell(account) {
    const spec = await fleetSpec(account, { size: 0 });
    expect(await account.adapters.groups.create(spec)).toBe(true);
    expect(await account.adapters.groups.create(spec)).toBe(false);
  },
};

const refused: Story = {
  name: 'groups: refuses a launch template that is not there',
  async tell(account) {
    const launchTemplate = { id: 'lt-0123456789abcdef0', version: 1 };
    const spec = await fleetSpec(account, { launchTemplate });
    await expect(account.adapters.groups.create(spec)).rejects.toMatchObject({ name: 'AwsFailed' });
  },
};

const listed: Story = {
  name: 'groups: found by the tags of their service',
  async tell(account) {
    const { groups } = account.adapters;
    const spec = await fleetSpec(account, { size: 0 });
    await groups.create(spec);
    await groups.create({ ...spec, name: 'worker-1', tags: { ...tags, 'holdfast:service': 'worker' } });
    const names = async (environment: string, service?: string) =>
      (await groups.list(environment, service)).map(({ name }) => name);
    expect(await names('prod', 'web')).toEqual(['green-1']);
    expect((await names('prod')).toSorted()).toEqual(['green-1', 'worker-1']);
    expect(await names('staging')).toEqual([]);
  },
};

const paged: Story = {
  name: 'groups: all pages of a list are read',
  async tell(account) {
    const { groups } = account.adapters;
    const spec = await fleetSpec(account, { size: 0 });
    for (let number = 0; number < 51; number += 1) await groups.create({ ...spec, name: `web-${number}` });
    expect(await groups.list('prod', 'web')).toHaveLength(51);
  },
};

const resized: Story = {
  name: 'groups: sizes that are not named stay',
  async tell(account) {
    const { groups } = account.adapters;
    await groups.create(await fleetSpec(account));
    await groups.resize('green-1', { min: 2, desired: 2 });
    expect(await groups.get('green-1')).toMatchObject({ min: 2, max: 3, desired: 2 });
    await groups.resize('green-1', { max: 5 });
    const group = await groups.get('green-1');
    expect(group).toMatchObject({ min: 2, max: 5, desired: 2 });
    expect(group?.instances).toHaveLength(2);
  },
};

const beyond: Story = {
  name: 'groups: refuses to desire more than the most',
  notMoto: 'takes any size',
  async tell(account) {
    const { groups } = account.adapters;
    await groups.create(await fleetSpec(account, { size: 0 }));
    await expect(groups.resize('green-1', { desired: 4 })).rejects.toMatchObject({ name: 'AwsFailed' });
  },
};

const detached: Story = {
  name: 'groups: a detached target group is gone from the group',
  async tell(account) {
    const { groups } = account.adapters;
    const [blue, green] = [await targetGroup(account, 'blue'), await targetGroup(account, 'green')];
    await groups.create(await fleetSpec(account, { size: 0, targetGroups: [blue, green] }));
    await groups.detach('green-1', [blue]);
    expect((await groups.get('green-1'))?.targetGroups).toEqual([green]);
  },
};

const gone: Story = {
  name: 'groups: one that is not there is none; it is deleted, not resized',
  async tell({ adapters: { groups } }) {
    expect(await groups.get('none')).toBeUndefined();
    await expect(groups.delete('none')).resolves.toBeUndefined();
    await expect(groups.resize('none', { min: 1 })).rejects.toMatchObject({ name: 'AwsFailed' });
  },
};

const kept: Story = {
  name: 'groups: one with instances stays until it is deleted by force',
  notMoto: 'deletes a group that has instances without being forced to',
  async tell(account) {
    const { groups } = account.adapters;
    await groups.create(await fleetSpec(account));
    await account.pass(1_000);
    await groups.delete('green-1');
    expect(await groups.get('green-1')).toMatchObject({ deleting: false });
  },
};

const forced: Story = {
  name: 'groups: one without instances is deleted, one with them by force',
  async tell(account) {
    const { groups } = account.adapters;
    const spec = await fleetSpec(account);
    await groups.create({ ...spec, name: 'empty', size: 0 });
    await groups.delete('empty');
    await groups.create(spec);
    await account.pass(1_000);
    await groups.delete('green-1', { force: true });
    await account.pass(60_000);
    expect(await groups.list('prod')).toEqual([]);
  },
};

const refusedLaunch: Story = {
  name: 'groups: launches that worked are no failures, and a group that is not there has none',
  notMoto: 'knows no activities',
  async tell(account) {
    const { groups } = account.adapters;
    await groups.create(await fleetSpec(account));
    await account.pass(1_000);
    expect(await groups.launchFailures('green-1')).toEqual([]);
    expect(await groups.launchFailures('none')).toEqual([]);
  },
};

export const groupStories: Story[] = [
  made,
  held,
  twice,
  refused,
  listed,
  paged,
  resized,
  beyond,
  detached,
  refusedLaunch,
  gone,
  kept,
  forced,
];
