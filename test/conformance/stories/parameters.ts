import type { Story } from '../story.ts';

const recorded: Story = {
  name: 'parameters: each write makes a version, each version can be read',
  async tell({ adapters: { parameters } }) {
    expect(await parameters.get('/p')).toBeUndefined();
    expect(await parameters.put('/p', 'one')).toBe(1);
    expect(await parameters.put('/p', 'two')).toBe(2);
    expect(await parameters.get('/p')).toEqual({ name: '/p', value: 'two', version: 2 });
    expect(await parameters.get('/p:1')).toEqual({ name: '/p', value: 'one', version: 1 });
    expect(await parameters.getVersion('/p', 1)).toEqual({ name: '/p', value: 'one', version: 1 });
  },
};

const same: Story = {
  name: 'parameters: a write that changes nothing makes a version all the same',
  async tell({ adapters: { parameters } }) {
    await parameters.put('/p', 'one');
    expect(await parameters.put('/p', 'one')).toBe(2);
  },
};

const missing: Story = {
  name: 'parameters: a version that is not there is nothing recorded',
  async tell({ adapters: { parameters } }) {
    await parameters.put('/p', 'one');
    for (const name of ['/p', '/none'])
      await expect(parameters.getVersion(name, 3)).rejects.toMatchObject({ name: 'NothingRecorded' });
  },
};

const together: Story = {
  name: 'parameters: several at once, those that are not there are left out',
  async tell({ adapters: { parameters } }) {
    await parameters.put('/p', 'one');
    await parameters.put('/p', 'two');
    await parameters.put('/q', 'three');
    const found = await parameters.together(['/p:1', '/q', '/none']);
    expect([...found.keys()].toSorted()).toEqual(['/p:1', '/q']);
    expect(found.get('/p:1')).toEqual({ name: '/p', value: 'one', version: 1 });
    expect(found.get('/q')).toEqual({ name: '/q', value: 'three', version: 1 });
  },
};

const versions: Story = {
  name: 'parameters: every version can be listed, over several pages',
  async tell({ adapters: { parameters } }) {
    for (let version = 1; version <= 60; version += 1) await parameters.put('/p', `value ${version}`);
    const found = await parameters.history('/p');
    expect(found.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
    expect(found.flatMap(({ labels }) => labels)).toEqual([]);
    expect(await parameters.history('/none')).toEqual([]);
  },
};

const refused: Story = {
  name: 'parameters: refuses more than 4 KB, and names of AWS',
  notMoto: 'takes parameters above 4 KB',
  async tell({ adapters: { parameters } }) {
    await expect(parameters.put('/p', 'x'.repeat(4097))).rejects.toMatchObject({ name: 'AwsFailed' });
    await expect(parameters.put('/aws/p', 'x')).rejects.toMatchObject({ name: 'AwsFailed' });
  },
};

export const parameterStories: Story[] = [recorded, same, missing, together, versions, refused];
