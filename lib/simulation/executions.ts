import type { Ending } from '../local-aws/model/states/ending.ts';
import type { ExecutionInfo, Runner } from '../local-aws/model/states/execution.ts';
import type { StateEvent } from '../local-aws/states-language/interpreter.ts';
import { resumeAt } from '../local-aws/states-language/resume.ts';

/** One execution of a state machine. */
export interface Execution {
  info: ExecutionInfo;
  /** Never rejects. */
  ended: Promise<Ending>;
  /** How it ended; undefined while it runs. */
  ending: Ending | undefined;
  /** Its present or last state, with the input of that state. */
  at: { state: string; input: unknown } | undefined;
}

/** All executions of a simulation, in the order of their start. */
export class Executions {
  /** Called when an execution begins, and again when it has ended. */
  told: ((execution: Execution) => void) | undefined;
  /** Called when an execution enters a state. */
  entered: ((execution: Execution, state: string) => void) | undefined;
  readonly #all = new Map<string, Execution>();

  /** Wraps a runner to observe its executions. A redriven execution resumes. */
  around(run: Runner): Runner {
    return (info) => {
      const before = this.#all.get(info.arn)?.at;
      const definition = before ? resumeAt(info.definition, before.state, before.input) : info.definition;
      const running = run({ ...info, definition });
      const execution: Execution = { info, ended: running.result, ending: undefined, at: undefined };
      this.#all.set(info.arn, execution);
      void running.result.then((ending) => {
        execution.ending = ending;
        this.told?.(execution);
      });
      this.told?.(execution);
      return running;
    };
  }

  /** Called when an execution enters or leaves a state. */
  noteState({ arn }: ExecutionInfo, { type, state, output }: StateEvent): void {
    const execution = this.#all.get(arn);
    if (!execution) return;
    if (type === 'exited') {
      execution.at = { state, input: output };
      return;
    }
    execution.at = { state, input: execution.at?.input ?? {} };
    this.entered?.(execution, state);
  }

  get(arn: string): Execution {
    const found = this.#all.get(arn);
    if (found) return found;
    throw new Error(`the simulation has no execution ${arn}`);
  }

  all(): Execution[] {
    return [...this.#all.values()];
  }

  running(): Execution[] {
    return this.all().filter(({ ending }) => ending === undefined);
  }
}
