import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import type { Story } from '../story.ts';

const read: Story = {
  name: 'secrets: by name and by ARN, as text and as bytes',
  async tell({ clients, adapters: { secrets } }) {
    const { ARN } = await clients.secrets.send(
      new CreateSecretCommand({ Name: 'token', SecretString: 'value' }),
    );
    await clients.secrets.send(new CreateSecretCommand({ Name: 'key', SecretBinary: Buffer.from('bytes') }));
    expect(await secrets.get('token')).toBe('value');
    expect(await secrets.get(ARN ?? '')).toBe('value');
    expect(await secrets.get('key')).toBe('bytes');
  },
};

const missing: Story = {
  name: 'secrets: fails on one that does not exist',
  async tell({ adapters: { secrets } }) {
    await expect(secrets.get('none')).rejects.toMatchObject({
      name: 'AwsFailed',
      message: expect.stringContaining('ResourceNotFoundException'),
    });
  },
};

export const secretStories: Story[] = [read, missing];
