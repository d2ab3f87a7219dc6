import { createHash } from 'node:crypto';
import { agentObject } from '../../lib/custom-resource/agent-object.ts';
import { stage } from '../support/fleet/custom-resource.ts';

const agent = Buffer.from('the agent');
const Key = `agent/${createHash('sha256').update(agent).digest('hex')}`;

describe('the agent in the store', () => {
  const { deps } = stage();
  const resource = agentObject({ objects: deps.objects, agent: async () => agent });

  test('stands under its digest', async () => {
    await expect(resource({ type: 'Create', properties: { Key } })).resolves.toEqual({
      id: 'holdfast-agent',
    });
    expect(await deps.objects.get(Key)).toMatchObject({ body: 'the agent' });
  });

  test('is not written again: what a digest names never changes', async () => {
    const before = await deps.objects.get(Key);
    await resource({ type: 'Update', properties: { Key } });
    expect(await deps.objects.get(Key)).toEqual(before);
  });

  test('stays when the resource goes: fleets that name it live on', async () => {
    const stack = 'arn:aws:cloudformation:us-east-1:000000000000:stack/holdfast-test-store/1';
    const deleted = { stack, logicalId: 'agent', id: 'holdfast-agent' };
    await resource({ type: 'Delete', properties: { Key }, ...deleted });
    expect(await deps.objects.get(Key)).toBeDefined();
  });

  test('refuses another agent than the stack names, and writes nothing', async () => {
    const other = `agent/${'a'.repeat(64)}`;
    await expect(resource({ type: 'Create', properties: { Key: other } })).rejects.toThrow(
      `belongs under ${Key}, the stack names ${other}`,
    );
    expect(await deps.objects.get(other)).toBeUndefined();
  });

  test('refuses a key that is none', async () => {
    await expect(resource({ type: 'Create', properties: { Key: '../x' } })).rejects.toThrow(
      'properties of the agent object: Key',
    );
  });
});
