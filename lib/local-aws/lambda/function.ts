import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { HoldfastError } from '../../release/errors.ts';
import { Console } from '../console.ts';
import type { Credentials } from '../model/credentials.ts';
import type { Answer, FunctionError, Invocation, WorkerStart } from './messages.ts';

/** A Lambda function as its template describes it. */
export interface FunctionProps {
  name: string;
  arn: string;
  /** Folder of the bundle. */
  folder: string;
  /** `file.export` */
  handler: string;
  environment: Record<string, string>;
  timeoutSeconds: number;
  memoryMegabytes: number;
  /** Credentials of its role; left out: it has no role. */
  credentials?: Credentials;
}

/** Variables that Lambda adds to the environment of every function. */
export type FunctionContext = Record<string, string>;

/** Error that a caller gets when the function fails. */
export class InvocationError extends Error {
  readonly answer: FunctionError;

  constructor(answer: FunctionError) {
    super(`${answer.errorType}: ${answer.errorMessage}`);
    this.answer = answer;
  }
}

/**
 * A Lambda function: its bundle in worker threads with an environment of their own. One worker handles one event at a
 * time and is kept warm for the next; a call that lasts longer than the time-out ends with its worker.
 */
export class LocalFunction {
  readonly props: FunctionProps;
  readonly log = new Console();
  readonly #bundle: WorkerStart;
  readonly #environment: Record<string, string>;
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();

  constructor(props: FunctionProps, surroundings: FunctionContext) {
    this.props = props;
    this.#bundle = findBundle(props);
    this.#environment = {
      ...props.environment,
      ...surroundings,
      ...(props.credentials && variables(props.credentials)),
      AWS_LAMBDA_FUNCTION_NAME: props.name,
    };
  }

  /** Invokes the function; throws InvocationError with its error, or with the reason of its end. */
  async invoke(event: unknown): Promise<unknown> {
    const worker = this.#idle.pop() ?? this.#start();
    const answer = await this.#ask(worker, this.#invocation(event));
    if ('error' in answer) throw new InvocationError(answer.error);
    return answer.result;
  }

  /** Ends its workers, busy ones too. */
  async close(): Promise<void> {
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: this.#bundle,
      env: this.#environment,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: this.props.memoryMegabytes },
    });
    for (const output of [worker.stdout, worker.stderr])
      output.on('data', (chunk: Buffer) => this.log.write(chunk));
    this.#all.add(worker);
    // A worker may fail while it is idle.
    worker.on('error', () => undefined);
    worker.once('exit', () => this.#forget(worker));
    return worker;
  }

  #forget(worker: Worker): void {
    this.#all.delete(worker);
    if (this.#idle.includes(worker)) this.#idle.splice(this.#idle.indexOf(worker), 1);
  }

  async #ask(worker: Worker, invocation: Invocation): Promise<Answer> {
    const call = new AbortController();
    const { signal } = call;
    const timer = setTimeout(() => call.abort(), this.props.timeoutSeconds * 1000);
    worker.postMessage(invocation);
    try {
      const [answer] = await Promise.race([
        once(worker, 'message', { signal }),
        once(worker, 'exit', { signal }).then(() => [brokenAnswer('the function ended before it answered')]),
      ]);
      if (this.#all.has(worker)) this.#idle.push(worker);
      return answer as Answer;
    } catch (error) {
      void worker.terminate();
      return signal.aborted ? this.#timedOut() : brokenAnswer((error as Error).message);
    } finally {
      clearTimeout(timer);
      call.abort();
    }
  }

  #timedOut(): Answer {
    const errorMessage = `Task timed out after ${this.props.timeoutSeconds}.00 seconds`;
    return { error: { errorType: 'Sandbox.Timedout', errorMessage } };
  }

  #invocation(event: unknown): Invocation {
    const { name, arn, timeoutSeconds, memoryMegabytes } = this.props;
    return {
      event,
      context: {
        functionName: name,
        functionVersion: '$LATEST',
        invokedFunctionArn: arn,
        awsRequestId: randomUUID(),
        memoryLimitInMB: String(memoryMegabytes),
        deadline: Date.now() + timeoutSeconds * 1000,
      },
    };
  }
}

function variables({ accessKeyId, secretAccessKey, sessionToken }: Credentials): FunctionContext {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
}

/** The file that the handler names; Lambda would take the function without it, and every call would fail. */
function findBundle({ name, folder, handler: named }: FunctionProps): WorkerStart {
  const [module = '', handler = ''] = named.split('.');
  const file = ['mjs', 'js', 'cjs'].map((end) => join(folder, `${module}.${end}`)).find(existsSync);
  if (file) return { file, handler };
  throw new HoldfastError(
    'InvalidInput',
    `function ${name}: found no ${module}.mjs in ${folder}; run \`npm run synth\` again`,
  );
}

function brokenAnswer(why: string): Answer {
  return { error: { errorType: 'Runtime.ExitError', errorMessage: why } };
}
