import { messageOf } from '../../release/errors.ts';
import type { FunctionHost } from './functions.ts';

/** Events for functions. Nobody waits for their results, so what fails is remembered here. */
export class Deliveries {
  /** In sentences. */
  readonly problems: string[] = [];
  readonly #functions: FunctionHost;
  #count = 0;

  constructor(functions: FunctionHost) {
    this.#functions = functions;
  }

  /** How many were dealt with so far, well or not. */
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
