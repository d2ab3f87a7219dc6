import { CreateStackCommand } from '@aws-sdk/client-cloudformation';
import type { Account } from '../account.ts';
import type { Story } from '../story.ts';

const template = {
  Resources: {
    greeting: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/greeting', Type: 'String', Value: 'hello' },
    },
  },
};

/** A stack that holds one parameter; its id. */
async function stack({ clients }: Account): Promise<string> {
  const { StackId } = await clients.cloudFormation.send(
    new CreateStackCommand({ StackName: 'web', TemplateBody: JSON.stringify(template) }),
  );
  return StackId ?? '';
}

const known: Story = {
  name: 'stacks: status and resources, by name and by id',
  async tell(account) {
    const { stacks } = account.adapters;
    for (const each of [await stack(account), 'web']) {
      expect(await stacks.status(each)).toBe('CREATE_COMPLETE');
      expect(await stacks.resources(each)).toEqual([
        { logicalId: 'greeting', physicalId: '/greeting', status: 'CREATE_COMPLETE' },
      ]);
    }
  },
};

const missing: Story = {
  name: 'stacks: fails on one that does not exist, without guessing',
  async tell({ adapters: { stacks } }) {
    await expect(stacks.status('none')).rejects.toMatchObject({
      name: 'AwsFailed',
      message: expect.stringMatching(/^could not read the status of stack none: ValidationError: .*none/),
    });
    await expect(stacks.resources('none')).rejects.toMatchObject({
      name: 'AwsFailed',
      message: expect.stringMatching(/^could not read the resources of stack none: ValidationError: .*none/),
    });
  },
};

export const stackStories: Story[] = [known, missing];
