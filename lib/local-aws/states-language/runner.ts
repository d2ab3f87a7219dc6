import type { FunctionHost } from '../lambda/functions.ts';
import type { ExecutionInfo, Runner } from '../model/states/execution.ts';
import { interpret, type Running, type StateEvent } from './interpreter.ts';

export interface WorkflowRunner {
  /** Starts one execution; each of its Tasks calls the function that its resource names. */
  run: Runner;
  /** Aborts running executions. */
  close(): void;
}

/**
 * Runs executions of the local Step Functions. `mayCall` refuses what the machine's role does not allow; default: it may
 * call everything.
 */
export function workflowRunner(
  functions: Pick<FunctionHost, 'invoke'>,
  seen: (execution: ExecutionInfo, event: StateEvent) => void,
  mayCall: (execution: ExecutionInfo, resource: string) => void = () => undefined,
): WorkflowRunner {
  const all = new Set<Running>();
  return {
    run(execution) {
      const running = interpret(execution.definition, {
        input: JSON.parse(execution.input),
        context: {
          Execution: { Id: execution.arn, Name: execution.name },
          StateMachine: { Id: execution.machineArn, Name: execution.machineArn.split(':').at(-1) ?? '' },
        },
        async invoke(resource, payload) {
          mayCall(execution, resource);
          return await functions.invoke(resource, payload);
        },
        seen: (event) => seen(execution, event),
      });
      all.add(running);
      void running.result.then(() => all.delete(running));
      return running;
    },
    close() {
      for (const running of all) running.abort();
    },
  };
}
