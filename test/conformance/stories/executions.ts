import { CreateStateMachineCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { Account } from '../account.ts';
import type { Story } from '../story.ts';

async function machine({ clients }: Account): Promise<string> {
  const definition = { StartAt: 'wait', States: { wait: { Type: 'Wait', Seconds: 3600, End: true } } };
  const { stateMachineArn } = await clients.states.send(
    new CreateStateMachineCommand({
      name: 'settle',
      definition: JSON.stringify(definition),
      roleArn: 'arn:aws:iam::123456789012:role/machine',
    }),
  );
  return stateMachineArn ?? '';
}

const executionOf = (arn: string, name: string) => `${arn.replace(':stateMachine:', ':execution:')}:${name}`;

const started: Story = {
  name: 'executions: one that runs is started again with the same input, to no effect',
  async tell(account) {
    const arn = await machine(account);
    const { executions } = account.adapters;
    expect(await executions.status(executionOf(arn, 's-1'))).toBeUndefined();
    expect(await executions.start(arn, 's-1', { service: 'web' })).toBe(true);
    expect(await executions.status(executionOf(arn, 's-1'))).toBe('RUNNING');
    expect(await executions.start(arn, 's-1', { service: 'web' })).toBe(true);
    expect(await executions.start(arn, 's-1', { service: 'other' })).toBe(false);
  },
};

const ended: Story = {
  name: 'executions: the name of one that ended stays taken',
  async tell(account) {
    const arn = await machine(account);
    const { executions } = account.adapters;
    await executions.start(arn, 's-1', { service: 'web' });
    await account.clients.states.send(new StopExecutionCommand({ executionArn: executionOf(arn, 's-1') }));
    expect(await executions.status(executionOf(arn, 's-1'))).toBe('ABORTED');
    expect(await executions.start(arn, 's-1', { service: 'web' })).toBe(false);
    expect(await executions.start(arn, 's-2', { service: 'web' })).toBe(true);
  },
};

const missing: Story = {
  name: 'executions: fails to start a machine that is not there',
  async tell(account) {
    const arn = await machine(account);
    await expect(account.adapters.executions.start(`${arn}x`, 's', {})).rejects.toMatchObject({
      name: 'AwsFailed',
      message: expect.stringContaining('StateMachineDoesNotExist'),
    });
  },
};

export const executionStories: Story[] = [started, ended, missing];
