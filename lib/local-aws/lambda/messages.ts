/** Start data of a Lambda worker. */
export interface WorkerStart {
  /** File of the bundle. */
  file: string;
  /** Name of the exported handler. */
  handler: string;
}

/** One call, to the worker. */
export interface Invocation {
  event: unknown;
  context: {
    functionName: string;
    functionVersion: string;
    invokedFunctionArn: string;
    awsRequestId: string;
    memoryLimitInMB: string;
    /** Milliseconds since the epoch. */
    deadline: number;
  };
}

/** An error as Lambda returns it to its caller. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

/** The answer, from the worker. */
export type Answer = { result: unknown } | { error: FunctionError };
