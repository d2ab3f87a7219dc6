import { messageOf } from '../../release/errors.ts';
import type { FunctionHost } from './functions.ts';

/** Asynchronous events for functions; failures are kept here, because no caller waits for results. */
export class Deliveries {
  /** In sentences. */
  readonly problems: string[] = [];
  readonly #functions: FunctionHost;
  #count = 0;

  constructor(functions: FunctionHost) {
    this.#functions = functions;
  }

  /** Events that were handled so far, well or not. */
  get count(): number {
    return this.#count;
  }

  readonly deliver = (functionArn: string, event: unknown): void => {
    void this.#functions
      .invoke(functionArn, event)
      .catch((error: unknown) =>
        this.problems.push(`event for ${functionArn.split(':')[6]}: ${messageOf(error)}`),
      )
      .then(() => {
        this.#count += 1;
      });
  };
}
