import { Functions } from '../../../lib/local-aws/lambda/functions.ts';
import type { ExecutionInfo } from '../../../lib/local-aws/model/states/execution.ts';
import { workflowRunner } from '../../../lib/local-aws/states-language/runner.ts';

const execution = (states: object): ExecutionInfo => ({
  arn: 'arn:aws:states:eu-west-1:1:execution:rollout:one',
  name: 'one',
  machineArn: 'arn:aws:states:eu-west-1:1:stateMachine:rollout',
  roleArn: 'arn:aws:iam::1:role/rollout',
  definition: JSON.stringify({ StartAt: 'a', States: states }),
  input: '{"service":"web"}',
  startedAt: Date.now(),
});

describe('the workflow runner', () => {
  it('runs an execution and tells its states', async () => {
    const seen: string[] = [];
    const { run } = workflowRunner(new Functions({}), ({ name }, { type, state }) =>
      seen.push(`${name} ${type} ${state}`),
    );
    const context = {
      'name.$': '$$.Execution.Name',
      'machine.$': '$$.StateMachine.Name',
      'input.$': '$$.Execution.Input',
    };
    const { result } = run(execution({ a: { Type: 'Pass', Parameters: context, End: true } }));
    expect(await result).toEqual({
      status: 'SUCCEEDED',
      output: '{"name":"one","machine":"rollout","input":{"service":"web"}}',
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual(['one entered a', 'one exited a']);
  });

  it('fails an execution whose function is not there', async () => {
    const { run } = workflowRunner(new Functions({}), () => undefined);
    const resource = 'arn:aws:lambda:eu-west-1:1:function:none';
    const { result } = run(execution({ a: { Type: 'Task', Resource: resource, End: true } }));
    expect(await result).toMatchObject({ status: 'FAILED', error: 'Lambda.ResourceNotFoundException' });
  });

  it('aborts what still runs when it closes', async () => {
    const { run, close } = workflowRunner(new Functions({}), () => undefined);
    const { result } = run(execution({ a: { Type: 'Wait', Seconds: 3600, End: true } }));
    close();
    expect(await result).toEqual({ status: 'ABORTED' });
  });
});
