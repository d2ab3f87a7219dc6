import { messageOf } from '../../release/errors.ts';
import type { FunctionHost } from './functions.ts';

/** Events on their way to functions. Nobody waits for their results, so what fails is remembered here. */
export class Deliveries {
  /** In sentences. */
  readonly problems: string[] = [];
  readonly #functions: FunctionHost;
  readonly #pending = new Set<Promise<void>>();
  #count = 0;

  constructor(functions: FunctionHost) {
    this.#functions = functions;
  }

  /** How many were delivered so far. */
  get count(): number {
    return this.#count;
  }

  readonly deliver = (functionArn: string, event: unknown): void => {
    const delivered = this.#functions
      .invoke(functionArn, event)
      .catch((error: unknown) =>
        this.problems.push(`event for ${functionArn.split(':')[6]}: ${messageOf(error)}`),
      )
      .then(() => {
        this.#count += 1;
        this.#pending.delete(delivered);
      });
    this.#pending.add(delivered);
  };

  /** Waits for those that are under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }
}
