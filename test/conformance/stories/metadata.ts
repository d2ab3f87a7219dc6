import type { Story } from '../story.ts';

const documents: Story = {
  name: 'metadata: documents of the instance, with a session',
  async tell({ adapters: { metadata } }) {
    expect(await metadata.get('instance-id')).toMatch(/^i-/);
    expect(await metadata.get('placement/region')).toBe('us-east-1');
  },
};

const missing: Story = {
  name: 'metadata: a document that is not there is none',
  notMoto: 'breaks on a document that it does not have',
  async tell({ adapters: { metadata } }) {
    expect(await metadata.get('tags/instance/none')).toBeUndefined();
  },
};

const role: Story = {
  name: 'metadata: credentials of the role',
  async tell({ adapters: { credentials } }) {
    expect(await credentials.get()).toEqual({
      accessKeyId: expect.stringMatching(/./),
      secretAccessKey: expect.stringMatching(/./),
      sessionToken: expect.stringMatching(/./),
      expiration: expect.any(Date),
    });
  },
};

export const metadataStories: Story[] = [documents, missing, role];
