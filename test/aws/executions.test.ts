import { stepFunctionsExecutions } from '../../lib/aws/executions.ts';
import type { Ending } from '../../lib/local-aws/model/states/ending.ts';
import { type Clients, clients } from '../support/local-aws/clients.ts';

describe('executions', () => {
  let aws: Clients;
  let machine: string;
  let end: (ending: Ending) => void;
  beforeEach(async () => {
    aws = await clients('memory');
    machine = aws.world.stepFunctions.createStateMachine({
      name: 'settle',
      definition: '{}',
      roleArn: 'arn:aws:iam::000000000000:role/x',
    }).stateMachineArn as string;
    aws.world.stepFunctions.runner = () => ({
      result: new Promise((resolve) => {
        end = resolve;
      }),
      abort: () => undefined,
    });
  });
  afterEach(() => aws.close());

  test('one name is started once', async () => {
    const executions = stepFunctionsExecutions(aws.states);
    expect(await executions.start(machine, 's-1', { service: 'web' })).toBe(true);
    const arn = `${machine.replace(':stateMachine:', ':execution:')}:s-1`;
    expect(await executions.status(arn)).toBe('RUNNING');
    end({ status: 'FAILED', error: 'X', cause: '' });
    await aws.clock.advance(1);
    expect(await executions.status(arn)).toBe('FAILED');
    expect(await executions.start(machine, 's-1', { service: 'web' })).toBe(false);
  });

  test('an execution that is not known is not an error; a machine that is not there is', async () => {
    const executions = stepFunctionsExecutions(aws.states);
    expect(
      await executions.status(`${machine.replace(':stateMachine:', ':execution:')}:none`),
    ).toBeUndefined();
    await expect(executions.start(`${machine}x`, 's', {})).rejects.toMatchObject({ name: 'AwsFailed' });
  });
});
