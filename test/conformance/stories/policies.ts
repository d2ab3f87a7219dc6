import { fleetSpec } from '../seeds.ts';
import type { Story } from '../story.ts';

const cpu = { name: 'holdfast-cpu', value: 60 };
const requests = { name: 'holdfast-requests', value: 500, label: 'app/main/1/targetgroup/green/2' };

const targets: Story = {
  name: 'policies: scaling targets come, change and go',
  async tell(account) {
    const { groups, policies } = account.adapters;
    await groups.create(await fleetSpec(account, { size: 0 }));
    expect(await policies.get('green-1')).toEqual([]);
    await policies.put('green-1', cpu);
    await policies.put('green-1', requests);
    const byName = (await policies.get('green-1')).toSorted((a, b) => a.name.localeCompare(b.name));
    expect(byName).toEqual([cpu, requests]);
    await policies.put('green-1', { ...cpu, value: 70 });
    await policies.delete('green-1', requests.name);
    await policies.delete('green-1', requests.name);
    expect(await policies.get('green-1')).toEqual([{ ...cpu, value: 70 }]);
  },
};

const missing: Story = {
  name: 'policies: fails to give a target to a group that is not there',
  notMoto: 'takes policies of groups that are not there',
  async tell({ adapters: { policies } }) {
    await expect(policies.put('none', cpu)).rejects.toMatchObject({ name: 'AwsFailed' });
    await expect(policies.delete('none', cpu.name)).resolves.toBeUndefined();
  },
};

export const policyStories: Story[] = [targets, missing];
