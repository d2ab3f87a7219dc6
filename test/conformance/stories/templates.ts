import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { Pin } from '../../../lib/aws/templates.ts';
import { launchTemplate } from '../seeds.ts';
import type { Story } from '../story.ts';

const pin = (id: string, changes: Partial<Pin> = {}): Pin => ({
  id,
  source: 1,
  imageId: 'ami-87654321',
  description: 'pinned by d-1',
  token: 't-1',
  ...changes,
});

const pinned: Story = {
  name: 'templates: a pinned version is shown first, with its image',
  async tell(account) {
    const { templates } = account.adapters;
    const id = await launchTemplate(account);
    expect(await templates.image(id, 1)).toBe('ami-12345678');
    expect(await templates.pin(pin(id))).toBe(2);
    expect(await templates.versions(id)).toEqual([
      { version: 2, description: 'pinned by d-1' },
      { version: 1, description: 'build-1' },
    ]);
    expect(await templates.image(id, 2)).toBe('ami-87654321');
  },
};

const once: Story = {
  name: 'templates: a token pins one version',
  notMoto: 'knows no client tokens',
  async tell(account) {
    const { templates } = account.adapters;
    const id = await launchTemplate(account);
    expect(await templates.pin(pin(id))).toBe(2);
    expect(await templates.pin(pin(id))).toBe(2);
    expect(await templates.pin(pin(id, { token: 't-2' }))).toBe(3);
  },
};

const alias: Story = {
  name: 'templates: a parameter in place of the image is resolved',
  notMoto: 'does not resolve it',
  async tell(account) {
    const { templates } = account.adapters;
    const image = { Name: '/image', Value: 'ami-0000000a', Type: 'String' as const };
    await account.clients.ssm.send(new PutParameterCommand(image));
    expect(await templates.image(await launchTemplate(account, 'resolve:ssm:/image'), 1)).toBe(
      'ami-0000000a',
    );
  },
};

const deleted: Story = {
  name: 'templates: a version is deleted; one that is gone is fine, the default one is not',
  notMoto: 'has no DeleteLaunchTemplateVersions',
  async tell(account) {
    const { templates } = account.adapters;
    const id = await launchTemplate(account);
    const version = await templates.pin(pin(id));
    await templates.delete(id, version);
    await templates.delete(id, version);
    expect(await templates.versions(id)).toHaveLength(1);
    await expect(templates.delete(id, 1)).rejects.toMatchObject({ name: 'AwsFailed' });
  },
};

const missing: Story = {
  name: 'templates: fails on one that is not there',
  async tell({ adapters: { templates } }) {
    const id = 'lt-0123456789abcdef0';
    await expect(templates.versions(id)).rejects.toMatchObject({ name: 'AwsFailed' });
    await expect(templates.image(id, 1)).rejects.toMatchObject({ name: 'AwsFailed' });
    await expect(templates.pin(pin(id))).rejects.toMatchObject({ name: 'AwsFailed' });
  },
};

export const templateStories: Story[] = [pinned, once, alias, deleted, missing];
