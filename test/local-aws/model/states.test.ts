import type { Ending } from '../../../lib/local-aws/model/states/ending.ts';
import type { ExecutionInfo } from '../../../lib/local-aws/model/states/execution.ts';
import { type Fixture, fixture } from '../../support/local-aws/world.ts';

describe('Step Functions', () => {
  let aws: Fixture;
  let stateMachineArn: string;
  let runs: { execution: ExecutionInfo; end(ending: Ending): void; aborted: boolean }[];
  beforeEach(() => {
    aws = fixture();
    runs = [];
    aws.world.stepFunctions.runner = (execution) => {
      const { promise, resolve } = Promise.withResolvers<Ending>();
      const run = { execution: { ...execution }, end: resolve, aborted: false };
      runs.push(run);
      return {
        result: promise,
        abort: () => {
          run.aborted = true;
          resolve({ status: 'ABORTED' });
        },
      };
    };
    const created = aws.world.stepFunctions.createStateMachine({
      name: 'rollout',
      definition: '{"States":{}}',
      roleArn: 'r',
    });
    stateMachineArn = created.stateMachineArn ?? '';
  });

  const start = (name: string, input = '{"a":1}') =>
    aws.world.stepFunctions.startExecution({ stateMachineArn, name, input }).executionArn ?? '';
  const describeExecution = (executionArn: string, milliseconds = 0) =>
    aws.world.stepFunctions.describeExecution({ executionArn }, { milliseconds });

  test('the runner gets the definition and the input', () => {
    start('one');
    expect(runs[0]?.execution).toMatchObject({
      name: 'one',
      definition: '{"States":{}}',
      input: '{"a":1}',
      startedAt: aws.clock.now(),
    });
  });

  test('a name runs once: the same input while it runs is the same execution', async () => {
    expect(start('one')).toBe(start('one'));
    expect(runs).toHaveLength(1);
    expect(() => start('one', '{}')).toThrow('Execution Already Exists');
    runs[0]?.end({ status: 'SUCCEEDED', output: '{}' });
    await aws.clock.advance(0);
    expect(() => start('one')).toThrow('Execution Already Exists');
  });

  test('an ending keeps error and cause', async () => {
    const arn = start('one');
    runs[0]?.end({ status: 'FAILED', error: 'NotHealthy', cause: 'because' });
    await aws.clock.advance(0);
    expect(describeExecution(arn)).toMatchObject({ status: 'FAILED', error: 'NotHealthy', cause: 'because' });
  });

  test('a stopped execution is aborted at once, whatever its run still says', async () => {
    const arn = start('one');
    aws.world.stepFunctions.stopExecution({ executionArn: arn, error: 'Stop', cause: 'asked' });
    expect(runs[0]?.aborted).toBe(true);
    await aws.clock.advance(0);
    expect(describeExecution(arn)).toMatchObject({ status: 'ABORTED', error: 'Stop', cause: 'asked' });
    aws.world.stepFunctions.stopExecution({ executionArn: arn });
    expect(describeExecution(arn).error).toBe('Stop');
  });

  test('a description may lag: unknown at first, running after the end', async () => {
    const arn = start('one');
    await aws.clock.advance(1000);
    expect(() => describeExecution(arn, 2000)).toThrow('Execution Does Not Exist');
    aws.world.stepFunctions.stopExecution({ executionArn: arn });
    expect(describeExecution(arn, 500).status).toBe('RUNNING');
  });

  test('lists the newest first, by status', () => {
    start('one');
    aws.world.stepFunctions.stopExecution({ executionArn: start('two') });
    const names = (statusFilter?: 'RUNNING') =>
      aws.world.stepFunctions
        .listExecutions({ stateMachineArn, ...(statusFilter ? { statusFilter } : {}) })
        .executions?.map(({ name }) => name);
    expect(names()).toEqual(['two', 'one']);
    expect(names('RUNNING')).toEqual(['one']);
  });

  test('refuses a name of 81 characters, input that is no JSON, and an unknown machine', () => {
    expect(() => start('x'.repeat(81))).toThrow('Invalid Name');
    expect(() => start('one', '{')).toThrow('Invalid State Machine Execution Input');
    expect(() => aws.world.stepFunctions.startExecution({ stateMachineArn: 'arn:none' })).toThrow(
      'State Machine Does Not Exist',
    );
  });

  test('tells subscribers of every change, unless the event is lost', async () => {
    const seen: unknown[] = [];
    aws.world.events.subscribe(({ detail }) => seen.push(detail.status));
    const arn = start('one');
    await aws.clock.advance(1000);
    aws.world.events.lose = () => true;
    aws.world.stepFunctions.stopExecution({ executionArn: arn });
    await aws.clock.advance(1000);
    expect(seen).toEqual(['RUNNING']);
  });

  test('a schedule goes by the clock until it is ended', async () => {
    let count = 0;
    const end = aws.world.events.every(300_000, () => {
      count += 1;
    });
    await aws.clock.advance(900_001);
    end();
    await aws.clock.advance(900_000);
    expect(count).toBe(3);
  });
});
