import { cloudFormationStacks } from '../../lib/aws/stacks.ts';
import { type Clients, clients } from '../support/local-aws/clients.ts';

describe('stacks', () => {
  let aws: Clients;
  beforeEach(async () => {
    aws = await clients('memory');
  });
  afterEach(() => aws.close());

  const stacks = () => cloudFormationStacks(aws.cloudFormation);

  test('the status of a stack as it is now, and resources that are being deleted', async () => {
    const { StackId = '' } = aws.world.cloudFormation.createStack({ StackName: 'web' });
    expect(await stacks().status(StackId)).toBe('CREATE_IN_PROGRESS');
    const stack = aws.world.cloudFormation.find(StackId);
    stack?.resources.set('old', { type: 'Custom::Thing', physicalId: 'it', status: 'DELETE_IN_PROGRESS' });
    if (stack) stack.status = 'DELETE_IN_PROGRESS';
    expect(await stacks().status(StackId)).toBe('DELETE_IN_PROGRESS');
    expect(await stacks().resources(StackId)).toEqual([
      { logicalId: 'old', physicalId: 'it', status: 'DELETE_IN_PROGRESS' },
    ]);
  });

  test('fails on an answer that names no stack', async () => {
    const none = { send: async () => ({ Stacks: [] }) } as unknown as typeof aws.cloudFormation;
    await expect(cloudFormationStacks(none).status('web')).rejects.toMatchObject({
      name: 'AwsFailed',
      message: 'could not read the status of stack web: found no such stack',
    });
  });
});
