import { launchHook } from '../../../lib/config/resource-names.ts';
import type { Account } from '../account.ts';
import { fleetSpec } from '../seeds.ts';
import type { Story } from '../story.ts';

/** The one instance of the fleet, in its launch hook. */
async function launched(account: Account) {
  const { groups } = account.adapters;
  await groups.create(await fleetSpec(account));
  await account.pass(1_000);
  const group = await groups.get('green-1');
  return { group: 'green-1', hook: launchHook, instance: group?.instances[0]?.id ?? '' };
}

async function states({ adapters: { groups } }: Account) {
  return (await groups.get('green-1'))?.instances.map(({ lifecycle }) => lifecycle);
}

const held: Story = {
  name: 'lifecycle: an instance is in service when its hook is completed',
  notMoto: 'its hooks never hold, and CompleteLifecycleAction is missing',
  async tell(account) {
    const waiting = await launched(account);
    expect(await states(account)).toEqual(['Pending:Wait']);
    expect(await account.adapters.lifecycle.complete(waiting, 'CONTINUE')).toBe(true);
    await account.pass(1_000);
    expect(await states(account)).toEqual(['InService']);
    expect(await account.adapters.lifecycle.complete(waiting, 'CONTINUE')).toBe(false);
    expect(await account.adapters.lifecycle.heartbeat(waiting)).toBe(false);
  },
};

const prolonged: Story = {
  name: 'lifecycle: each heartbeat gives the whole time anew, then the launch is abandoned',
  notMoto: 'its hooks never hold, and RecordLifecycleActionHeartbeat is missing',
  async tell(account) {
    const waiting = await launched(account);
    await account.pass(200_000);
    expect(await account.adapters.lifecycle.heartbeat(waiting)).toBe(true);
    await account.pass(200_000);
    expect(await states(account)).toEqual(['Pending:Wait']);
    await account.pass(101_000);
    const { instances = [] } = (await account.adapters.groups.get('green-1')) ?? {};
    expect(instances).not.toContainEqual({ id: waiting.instance, lifecycle: 'Pending:Wait' });
    expect(instances).not.toContainEqual({ id: waiting.instance, lifecycle: 'InService' });
  },
};

const abandoned: Story = {
  name: 'lifecycle: an abandoned launch ends the instance',
  notMoto: 'its hooks never hold, and CompleteLifecycleAction is missing',
  async tell(account) {
    const waiting = await launched(account);
    expect(await account.adapters.lifecycle.complete(waiting, 'ABANDON')).toBe(true);
    await account.pass(500);
    expect(await states(account)).not.toContain('InService');
    expect(await account.adapters.lifecycle.heartbeat({ ...waiting, instance: 'i-0' })).toBe(false);
  },
};

export const lifecycleStories: Story[] = [held, prolonged, abandoned];
