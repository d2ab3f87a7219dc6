import type { Account } from '../account.ts';
import { fleetSpec } from '../seeds.ts';
import type { Story } from '../story.ts';

const named = (deployment: string) => ({ environment: 'prod', service: 'web', deployment });

async function fleet(account: Account) {
  const { groups, instances } = account.adapters;
  await groups.create(await fleetSpec(account, { size: 2 }));
  await account.pass(1_000);
  return await instances.ofDeployment(named('d-1'));
}

const found: Story = {
  name: 'instances: found by their deployment, with their group',
  async tell(account) {
    const expected = { id: expect.stringMatching(/^i-/), group: 'green-1', state: 'running' };
    expect(await fleet(account)).toEqual([expected, expected]);
    expect(await account.adapters.instances.ofDeployment(named('d-2'))).toEqual([]);
  },
};

const ended: Story = {
  name: 'instances: those that ended are found for a while',
  async tell(account) {
    await fleet(account);
    await account.adapters.groups.delete('green-1', { force: true });
    await account.pass(60_000);
    const states = (await account.adapters.instances.ofDeployment(named('d-1'))).map(({ state }) => state);
    expect(states).toEqual(['terminated', 'terminated']);
  },
};

const shown: Story = {
  name: 'instances: a console shows text; an instance that never was has none',
  async tell(account) {
    const [first] = await fleet(account);
    expect(await account.adapters.instances.console(first?.id ?? '')).toMatch(/\S/);
    await expect(account.adapters.instances.console('i-0123456789abcdef0')).rejects.toMatchObject({
      name: 'AwsFailed',
    });
  },
};

export const instanceStories: Story[] = [found, ended, shown];
