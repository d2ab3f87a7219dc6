import { fleetSpec } from '../seeds.ts';
import type { Story } from '../story.ts';

const comesAndGoes: Story = {
  name: 'warm pools: one comes, changes and goes with its instances',
  async tell(account) {
    const { groups, warmPools } = account.adapters;
    await groups.create(await fleetSpec(account, { size: 0 }));
    await warmPools.put('green-1', { min: 1, max: 2, state: 'stopped' });
    const pool = { state: 'stopped', reuses: false, deleting: false };
    expect(await groups.get('green-1')).toMatchObject({
      instances: [],
      warmPool: { ...pool, min: 1, max: 2 },
    });
    await warmPools.put('green-1', { min: 0, state: 'stopped' });
    expect((await groups.get('green-1'))?.warmPool).toEqual({ ...pool, min: 0 });
    await warmPools.delete('green-1');
    await warmPools.delete('green-1');
    await account.pass(60_000);
    expect((await groups.get('green-1'))?.warmPool).toBeUndefined();
  },
};

const missing: Story = {
  name: 'warm pools: fails to give one to a group that is not there',
  async tell({ adapters: { warmPools } }) {
    await expect(warmPools.put('none', { min: 1, state: 'stopped' })).rejects.toMatchObject({
      name: 'AwsFailed',
    });
  },
};

export const warmPoolStories: Story[] = [comesAndGoes, missing];
