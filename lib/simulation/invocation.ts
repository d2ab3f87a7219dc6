import { attempts } from '../aws/connection.ts';
import type { Clock } from '../local-aws/clock.ts';
import { InvocationError } from '../local-aws/lambda/function.ts';
import { messageOf } from '../release/errors.ts';
import { Process } from './process.ts';

/** One run of a function. Faults and invariants identify it by its process. */
export class Invocation {
  /** Name of the function without its prefix: the step. */
  readonly step: string;
  readonly event: unknown;
  readonly process: Process;
  readonly #clock: Clock;
  #end: (error: InvocationError) => void = () => undefined;

  constructor(step: string, event: unknown, number: number, clock: Clock) {
    this.step = step;
    this.event = event;
    this.process = new Process(`${step}~${number}`, attempts.step);
    this.#clock = clock;
  }

  /** ARN of the execution that it runs for, if any. */
  get execution(): string | undefined {
    return (this.event as { execution?: string } | null)?.execution;
  }

  /** Ends it at once, as a hardware failure does. Calls on their way may still happen. */
  kill(): void {
    this.#end(invocationError('Runtime.ExitError', 'the function ended before it answered'));
  }

  /** Runs code as Lambda does: errors by name, and a time limit. */
  async run(seconds: number, code: () => Promise<unknown>): Promise<unknown> {
    const end = new Promise<never>((_, reject) => {
      this.#end = (error) => {
        this.process.die();
        reject(error);
      };
    });
    const timedOut = invocationError('Sandbox.Timedout', `Task timed out after ${seconds}.00 seconds`);
    const cancel = this.#clock.after(seconds * 1000, () => this.#end(timedOut));
    try {
      return (await Promise.race([code(), end])) ?? null;
    } catch (error) {
      throw error instanceof InvocationError ? error : thrownError(error);
    } finally {
      cancel();
    }
  }
}

function thrownError(error: unknown): InvocationError {
  return invocationError(error instanceof Error ? error.name : 'Error', messageOf(error));
}

export function invocationError(errorType: string, errorMessage: string): InvocationError {
  return new InvocationError({ errorType, errorMessage });
}
