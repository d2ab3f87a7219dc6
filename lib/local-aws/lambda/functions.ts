import { type FunctionContext, type FunctionProps, InvocationError, LocalFunction } from './function.ts';

/** Lambda operations that stacks and workflows need. */
export interface FunctionHost {
  add(props: FunctionProps): void;
  /** Calls a function by ARN; throws InvocationError with what it threw. */
  invoke(arn: string, event: unknown): Promise<unknown>;
}

/** All Lambda functions of the local AWS, by ARN. A qualified ARN (a published version) names the same code. */
export class Functions implements FunctionHost {
  readonly #functions = new Map<string, LocalFunction>();
  readonly #surroundings: FunctionContext;

  constructor(surroundings: FunctionContext) {
    this.#surroundings = surroundings;
  }

  add(props: FunctionProps): void {
    this.#functions.set(props.arn, new LocalFunction(props, this.#surroundings));
  }

  /** Names of all functions. */
  get names(): string[] {
    return [...this.#functions.values()].map(({ props }) => props.name);
  }

  async invoke(arn: string, event: unknown): Promise<unknown> {
    const found = this.#functions.get(stripQualifier(arn));
    if (found) return await found.invoke(event);
    throw new InvocationError({
      errorType: 'Lambda.ResourceNotFoundException',
      errorMessage: `Function not found: ${arn}`,
    });
  }

  /** Log output of a function. */
  log(name: string): string {
    return [...this.#functions.values()].find(({ props }) => props.name === name)?.log.text ?? '';
  }

  async close(): Promise<void> {
    await Promise.all([...this.#functions.values()].map((each) => each.close()));
  }
}

/** `arn:aws:lambda:REGION:ACCOUNT:function:NAME`, without the version or alias that may follow. */
export function stripQualifier(arn: string): string {
  return arn.split(':').slice(0, 7).join(':');
}
