import type {
  CreateStateMachineInput,
  CreateStateMachineOutput,
  DescribeExecutionInput,
  DescribeExecutionOutput,
  ListExecutionsInput,
  ListExecutionsOutput,
  RedriveExecutionInput,
  RedriveExecutionOutput,
  StartExecutionInput,
  StartExecutionOutput,
  StopExecutionInput,
  StopExecutionOutput,
} from '@aws-sdk/client-sfn';
import type { Clock } from '../../clock.ts';
import { type AwsAccount, arn } from '../arns.ts';
import { AwsError } from '../error.ts';
import type { Events } from '../events/events.ts';
import type { Staleness } from '../faults.ts';
import type { Ids } from '../ids.ts';
import { page } from '../page.ts';
import { checkInput, checkName } from './checks.ts';
import { changeEvent, describeExecution, listItem } from './describe.ts';
import type { Ending } from './ending.ts';
import type { Execution, Runner } from './execution.ts';

/** Step Functions: executions and their names; the states themselves are run by the injected runner. */
export class StepFunctions {
  /** Runs the definitions; set before the first execution starts. */
  runner: Runner | undefined;
  /** By ARN. */
  readonly #machines = new Map<string, { definition: string; roleArn: string }>();
  readonly #executions = new Map<string, Execution>();
  readonly #clock: Clock;
  readonly #place: AwsAccount;
  readonly #ids: Ids;
  readonly #events: Events;

  constructor(clock: Clock, place: AwsAccount, ids: Ids, events: Events) {
    this.#clock = clock;
    this.#place = place;
    this.#ids = ids;
    this.#events = events;
  }

  createStateMachine(input: CreateStateMachineInput): CreateStateMachineOutput {
    const machine = arn.machine(this.#place, input.name ?? '');
    this.#machines.set(machine, { definition: input.definition ?? '', roleArn: input.roleArn ?? '' });
    return { stateMachineArn: machine, creationDate: new Date(this.#clock.now()) };
  }

  startExecution(input: StartExecutionInput): StartExecutionOutput {
    const machineArn = this.#machine(input.stateMachineArn);
    const name = checkName(input.name ?? this.#ids.uuid());
    const text = checkInput(input.input ?? '{}');
    const executionArn = arn.execution(this.#place, machineArn.slice(machineArn.lastIndexOf(':') + 1), name);
    const known = this.#executions.get(executionArn);
    if (known && (known.status !== 'RUNNING' || known.input !== text)) throw alreadyExists(executionArn);
    const execution = known ?? this.#start(machineArn, executionArn, name, text);
    return { executionArn, startDate: new Date(execution.startedAt) };
  }

  describeExecution(input: DescribeExecutionInput, stale?: Staleness): DescribeExecutionOutput {
    const execution = this.#find(input.executionArn);
    const seenAt = this.#clock.now() - (stale?.milliseconds ?? 0);
    if (execution.startedAt > seenAt) throw doesNotExist(execution.arn);
    return describeExecution(execution, seenAt);
  }

  listExecutions(input: ListExecutionsInput): ListExecutionsOutput {
    const machineArn = this.#machine(input.stateMachineArn);
    const all = [...this.#executions.values()]
      .filter((execution) => execution.machineArn === machineArn)
      .filter(({ status }) => !input.statusFilter || status === input.statusFilter)
      .toReversed();
    const { items, nextToken } = page(all, input.nextToken, input.maxResults || 100);
    return { executions: items.map(listItem), nextToken };
  }

  stopExecution(input: StopExecutionInput): StopExecutionOutput {
    const execution = this.#find(input.executionArn);
    if (execution.status === 'RUNNING') {
      execution.abort();
      execution.error = input.error;
      execution.cause = input.cause;
      this.#end(execution, 'ABORTED');
    }
    return { stopDate: new Date(execution.stoppedAt ?? this.#clock.now()) };
  }

  /** Continues a failed execution at its failed state. */
  redriveExecution(input: RedriveExecutionInput): RedriveExecutionOutput {
    const execution = this.#find(input.executionArn);
    if (execution.status === 'RUNNING' || execution.status === 'SUCCEEDED')
      throw new AwsError('ExecutionNotRedrivable', `Execution is ${execution.status} and not redrivable`);
    execution.status = 'RUNNING';
    execution.stoppedAt = undefined;
    execution.redrives = (execution.redrives ?? 0) + 1;
    this.#run(execution);
    return { redriveDate: new Date(this.#clock.now()) };
  }

  #start(machineArn: string, executionArn: string, name: string, input: string): Execution {
    const execution: Execution = {
      arn: executionArn,
      name,
      machineArn,
      ...(this.#machines.get(machineArn) ?? { definition: '', roleArn: '' }),
      input,
      startedAt: this.#clock.now(),
      status: 'RUNNING',
      stoppedAt: undefined,
      output: undefined,
      error: undefined,
      cause: undefined,
      abort: () => undefined,
    };
    this.#executions.set(executionArn, execution);
    this.#run(execution);
    return execution;
  }

  #run(execution: Execution): void {
    if (!this.runner) throw new Error('no runner for state machines was given to the local AWS');
    this.#announce(execution);
    const run = this.runner(execution);
    execution.abort = () => run.abort();
    void run.result.then((ending) => this.#finish(execution, ending));
  }

  #finish(execution: Execution, { status, ...rest }: Ending): void {
    if (execution.status !== 'RUNNING') return;
    Object.assign(execution, rest);
    this.#end(execution, status);
  }

  #end(execution: Execution, status: Execution['status']): void {
    execution.status = status;
    execution.stoppedAt = this.#clock.now();
    this.#announce(execution);
  }

  #announce(execution: Execution): void {
    this.#events.publish(
      'aws.states',
      'Step Functions Execution Status Change',
      [execution.arn],
      changeEvent(execution),
    );
  }

  #machine(machineArn: string | undefined): string {
    if (machineArn && this.#machines.has(machineArn)) return machineArn;
    throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`);
  }

  #find(executionArn = ''): Execution {
    const execution = this.#executions.get(executionArn);
    if (!execution) throw doesNotExist(executionArn);
    return execution;
  }
}

function doesNotExist(executionArn: string): AwsError {
  return new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
}

function alreadyExists(executionArn: string): AwsError {
  return new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
}
