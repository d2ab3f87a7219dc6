import { type RunOptions, StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { remember } from '../../release/remember.ts';
import { InvocationError } from '../lambda/function.ts';
import type { Ending } from '../model/states/ending.ts';
import { taskResources } from './definition.ts';

/** Most bytes that a state may give to the next one. */
const payloadBytes = 262_144;

/** A state was entered or left. */
export interface StateEvent {
  type: 'entered' | 'exited';
  state: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Output of a state that was left. */
  output?: unknown;
}

export interface Interpretation {
  input: unknown;
  /** The context object (`$$`). */
  context: { Execution: { Id: string; Name: string }; StateMachine: { Id: string; Name: string } };
  /** Calls what a Task names as its resource. */
  invoke(resource: string, payload: unknown): Promise<unknown>;
  seen?: (event: StateEvent) => void;
}

export interface Running {
  /** Never rejects. */
  result: Promise<Ending>;
  abort(): void;
}

type Json = Parameters<StateMachine['run']>[0];
type TaskHandler = (payload: Json) => Promise<Json>;

/** Reason of an early end; nothing runs from then on. */
interface Stop {
  as?: 'ABORTED' | 'TIMED_OUT';
}

/** A parsed definition, without state of an execution. */
const machineOf = remember((definition) => {
  const { TimeoutSeconds, ...parsed } = JSON.parse(definition) as StateMachineDefinition;
  return {
    timeoutSeconds: TimeoutSeconds,
    machine: new StateMachine(parsed, { validationOptions: { noValidate: true } }),
    tasks: [...taskResources(parsed)],
  };
});

/** Runs a definition of the Amazon States Language as it is; each Task calls `invoke`. */
export function interpret(definition: string, interpretation: Interpretation): Running {
  const { timeoutSeconds, machine, tasks } = machineOf(definition, 'definition of a state machine');
  const stop: Stop = {};
  const run = machine.run(interpretation.input as Json, {
    overrides: { taskResourceLocalHandlers: handlers(tasks, interpretation, stop) },
    context: interpretation.context,
  } satisfies RunOptions);
  void report(run.eventLogs, interpretation.seen);
  const end = (as: 'ABORTED' | 'TIMED_OUT') => {
    stop.as ??= as;
    run.abort();
  };
  const timer = timeoutSeconds && setTimeout(() => end('TIMED_OUT'), timeoutSeconds * 1000);
  return {
    result: run.result
      .then((output): Ending => ({ status: 'SUCCEEDED', output: JSON.stringify(output) }))
      .catch((error: unknown) => (stop.as ? { status: stop.as } : failure(error)))
      .finally(() => clearTimeout(timer)),
    abort: () => end('ABORTED'),
  };
}

/**
 * One handler for each Task. When an execution is stopped, the interpreter cuts its pauses short and goes on to the next
 * attempt: nothing may run then. A task that is at work ends in its own time, as a Lambda does.
 */
function handlers(
  tasks: readonly [state: string, resource: string][],
  { invoke }: Interpretation,
  stop: Stop,
): Record<string, TaskHandler> {
  const call = (resource: string): TaskHandler => {
    return async (payload) => {
      if (stop.as) throw new Uncatchable('States.Runtime', 'the execution was stopped');
      const result = await invoke(resource, payload).catch((error: unknown) => {
        throw taskError(error);
      });
      if (Buffer.byteLength(JSON.stringify(result)) > payloadBytes) {
        throw new Uncatchable(
          'States.DataLimitExceeded',
          `the result of ${resource} is above ${payloadBytes} bytes`,
        );
      }
      return result as Json;
    };
  };
  return Object.fromEntries(tasks.map(([name, resource]) => [name, call(resource)]));
}

/** An error that no Retry and no Catch handles. */
class Uncatchable extends Error {
  readonly isRetryable = false;
  readonly isCatchable = false;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Lambda's error as Step Functions reports it: Error is the type, Cause the whole answer as JSON. */
function taskError(error: unknown): Error {
  const answer =
    error instanceof InvocationError
      ? error.answer
      : {
          errorType: 'States.TaskFailed',
          errorMessage: error instanceof Error ? error.message : String(error),
        };
  return Object.assign(new Error(JSON.stringify(answer)), { name: answer.errorType });
}

function failure(error: unknown): Ending {
  const { cause } = error as { cause?: Error };
  return {
    status: 'FAILED',
    error: cause?.name ?? 'States.Runtime',
    cause: cause?.message ?? String(error),
  };
}

async function report(
  events: ReturnType<StateMachine['run']>['eventLogs'],
  seen: Interpretation['seen'],
): Promise<void> {
  for await (const event of events) {
    if (event.type !== 'StateEntered' && event.type !== 'StateExited') continue;
    const { name: state, output } = event.state;
    const type = event.type === 'StateEntered' ? 'entered' : 'exited';
    seen?.({ type, state, at: event.timestamp, output });
  }
}
