import { journalOf } from '../../support/fleet/service.ts';
import { storeBucket } from '../seeds.ts';
import type { Story } from '../story.ts';

const taken: Story = {
  name: 'journals: the first of two takers wins',
  async tell(account) {
    await storeBucket(account);
    const { journals } = account.adapters;
    expect(await journals.read('web')).toBeUndefined();
    const takers = await Promise.all([1, 2].map(() => journals.write(journalOf(), { absent: true })));
    const won = takers.filter((each) => each !== undefined);
    expect(won).toHaveLength(1);
    expect(await journals.read('web')).toEqual(won[0]);
  },
};

const changed: Story = {
  name: 'journals: a change needs the entity tag of what was read',
  async tell(account) {
    await storeBucket(account);
    const { journals } = account.adapters;
    const etag = (await journals.write(journalOf(), { absent: true }))?.etag ?? '';
    const boot = await journals.write(journalOf({ step: 'boot' }), { etag });
    expect(boot?.etag).not.toBe(etag);
    expect(await journals.write(journalOf({ step: 'late' }), { etag })).toBeUndefined();
    expect(await journals.read('web')).toEqual(boot);
  },
};

const listed: Story = {
  name: 'journals: services are those that have one',
  async tell(account) {
    await storeBucket(account);
    const { journals } = account.adapters;
    expect(await journals.services()).toEqual([]);
    for (const service of ['worker', 'web']) await journals.write(journalOf({ service }), { absent: true });
    expect(await journals.services()).toEqual(['web', 'worker']);
  },
};

export const journalStories: Story[] = [taken, changed, listed];
