import type { ExecutionInfo, Runner } from '../model/states/execution.ts';
import type { Ending } from '../workflow/ending.ts';

/** One execution of a state machine. */
export interface Execution {
  info: ExecutionInfo;
  /** Never rejects. */
  ended: Promise<Ending>;
  /** How it ended; undefined while it runs. */
  ending: Ending | undefined;
}

/** All executions of a simulation, in the order in which they were started. */
export class Executions {
  readonly #all = new Map<string, Execution>();
  /** Told of every execution that begins, and again when it ended. */
  told: ((execution: Execution) => void) | undefined;

  /** A runner that notes what it runs. */
  around(run: Runner): Runner {
    return (info) => {
      const running = run(info);
      const execution: Execution = { info, ended: running.result, ending: undefined };
      this.#all.set(info.arn, execution);
      void running.result.then((ending) => {
        execution.ending = ending;
        this.told?.(execution);
      });
      this.told?.(execution);
      return running;
    };
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
