import type { ExecutionInfo } from '../../../lib/local-aws/model/states/execution.ts';
import { mayCall } from '../../../lib/local-aws/states-language/may-call.ts';
import { fixture } from '../../support/local-aws/world.ts';

const step = 'arn:aws:lambda:us-east-1:000000000000:function:boot:1';
const execution: ExecutionInfo = {
  arn: 'arn:aws:states:us-east-1:000000000000:execution:rollout:one',
  name: 'one',
  machineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:rollout',
  roleArn: 'arn:aws:iam::000000000000:role/machine',
  definition: '{}',
  input: '{}',
  startedAt: 0,
};

describe('a state machine', () => {
  const { world } = fixture();
  const ask =
    (resource: string, changed: Partial<ExecutionInfo> = {}) =>
    () =>
      mayCall(world.iam)({ ...execution, ...changed }, resource);

  beforeAll(() => {
    const trust = {
      Statement: [
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'states.amazonaws.com' } },
      ],
    };
    const role = world.iam.addRole({ name: 'machine', arn: execution.roleArn, id: 'AROA1', trust });
    role.put('default', {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: step.replace(/1$/, '*') }],
    });
  });
  afterAll(() => world.close());

  it('calls the versions of functions that its role names', () => {
    expect(ask(step)).not.toThrow();
  });

  it.each([
    ['another function', step.replace('boot', 'shift')],
    ['a function without its version', step.replace(/:1$/, '')],
  ])('may not call %s', (_, resource) => {
    expect(ask(resource)).toThrow(
      `States.Permissions: arn:aws:sts::000000000000:assumed-role/machine/one is not authorized to perform: lambda:InvokeFunction on resource: ${resource}`,
    );
  });

  it('may call nothing without a role', () => {
    expect(ask(step, { roleArn: 'arn:aws:iam::000000000000:role/none' })).toThrow('States.Permissions');
  });
});
