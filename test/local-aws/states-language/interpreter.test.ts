import { InvocationError } from '../../../lib/local-aws/lambda/function.ts';
import { interpret, type StateEvent } from '../../../lib/local-aws/states-language/interpreter.ts';

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:step:1';
const context = {
  Execution: { Id: 'arn:execution', Name: 'deployment-1' },
  StateMachine: { Id: 'arn:machine', Name: 'rollout' },
};

type Invoke = (resource: string, payload: unknown) => Promise<unknown>;

function run(
  states: object,
  invoke: Invoke,
  options: { timeout?: number; seen?: (event: StateEvent) => void } = {},
) {
  const definition = {
    StartAt: 'step',
    ...(options.timeout && { TimeoutSeconds: options.timeout }),
    States: states,
  };
  return interpret(JSON.stringify(definition), {
    input: { service: 'web' },
    context,
    invoke,
    ...(options.seen && { seen: options.seen }),
  });
}

const lambdaError = (errorType: string) => new InvocationError({ errorType, errorMessage: 'the reason' });

describe('the interpreter', () => {
  it('calls the resource of a task with its parameters, from input and context', async () => {
    const calls: unknown[] = [];
    const parameters = {
      'execution.$': '$$.Execution.Id',
      'deployment.$': '$$.Execution.Name',
      'input.$': '$$.Execution.Input',
    };
    const { result } = run(
      { step: { Type: 'Task', Resource: arn, Parameters: parameters, End: true } },
      async (...call) => {
        calls.push(call);
        return { outcome: 'ready' };
      },
    );
    expect(await result).toEqual({ status: 'SUCCEEDED', output: '{"outcome":"ready"}' });
    expect(calls).toEqual([
      [arn, { execution: 'arn:execution', deployment: 'deployment-1', input: { service: 'web' } }],
    ]);
  });

  it('hands an error on as Step Functions does: its type, and the whole answer as JSON', async () => {
    const { result } = run(
      {
        step: {
          Type: 'Task',
          Resource: arn,
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'end', ResultPath: '$.failure' }],
          End: true,
        },
        end: { Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' },
      },
      async () => Promise.reject(lambdaError('NotInService')),
    );
    expect(await result).toEqual({
      status: 'FAILED',
      error: 'NotInService',
      cause: '{"errorType":"NotInService","errorMessage":"the reason"}',
    });
  });

  it('fails with the error of a task that nothing catches', async () => {
    const { result } = run({ step: { Type: 'Task', Resource: arn, End: true } }, async () =>
      Promise.reject(new Error('odd')),
    );
    expect(await result).toMatchObject({
      status: 'FAILED',
      error: 'States.TaskFailed',
      cause: expect.stringContaining('odd'),
    });
  });

  it('refuses a result above 256 KB, whatever is caught', async () => {
    const { result } = run(
      {
        step: {
          Type: 'Task',
          Resource: arn,
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'end' }],
          End: true,
        },
        end: { Type: 'Succeed' },
      },
      async () => 'x'.repeat(262_144),
    );
    expect(await result).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('tells which states it enters and leaves', async () => {
    const seen: string[] = [];
    const { result } = run(
      { step: { Type: 'Task', Resource: arn, Next: 'end' }, end: { Type: 'Succeed' } },
      async () => null,
      { seen: ({ type, state }) => seen.push(`${type} ${state}`) },
    );
    await result;
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual(['entered step', 'exited step', 'entered end', 'exited end']);
  });

  it('runs nothing after an abort in a wait', async () => {
    let calls = 0;
    const running = run(
      {
        step: { Type: 'Task', Resource: arn, Next: 'pause' },
        pause: { Type: 'Wait', Seconds: 3600, Next: 'step' },
      },
      async () => {
        calls += 1;
        setTimeout(() => running.abort(), 20);
        return null;
      },
    );
    expect(await running.result).toEqual({ status: 'ABORTED' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(calls).toBe(1);
  });

  it('runs nothing after an abort between two attempts', async () => {
    let calls = 0;
    const running = run(
      {
        step: {
          Type: 'Task',
          Resource: arn,
          Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 3600, MaxAttempts: 5 }],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'other' }],
          End: true,
        },
        other: { Type: 'Task', Resource: `${arn}2`, End: true },
      },
      async () => {
        calls += 1;
        setTimeout(() => running.abort(), 20);
        throw lambdaError('Throttled');
      },
    );
    expect(await running.result).toEqual({ status: 'ABORTED' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(calls).toBe(1);
  });

  it('runs nothing after an abort while a task works, but lets that task end, as Lambda does', async () => {
    const calls: string[] = [];
    let finish: (value: unknown) => void = () => undefined;
    const running = run(
      {
        step: { Type: 'Task', Resource: arn, Next: 'other' },
        other: { Type: 'Task', Resource: 'other', End: true },
      },
      async (resource) => {
        calls.push(resource);
        setImmediate(() => running.abort());
        return await new Promise((resolve) => {
          finish = resolve;
        });
      },
    );
    expect(await running.result).toEqual({ status: 'ABORTED' });
    finish({});
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(calls).toEqual([arn]);
  });

  it('times out as the definition says, and runs nothing after that', async () => {
    let calls = 0;
    const { result } = run(
      {
        step: { Type: 'Task', Resource: arn, Next: 'pause' },
        pause: { Type: 'Wait', Seconds: 3600, Next: 'step' },
      },
      async () => {
        calls += 1;
        return null;
      },
      { timeout: 1 },
    );
    expect(await result).toEqual({ status: 'TIMED_OUT' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(calls).toBe(1);
  });
});
