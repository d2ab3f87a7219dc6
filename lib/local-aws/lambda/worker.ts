/** Runs in a worker thread of its own: loads one Lambda bundle and calls its handler, one event after the other. */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, FunctionError, Invocation, WorkerStart } from './messages.ts';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const { file, handler } = workerData as WorkerStart;
const loading = load();
loading.catch(() => undefined);

parentPort?.on('message', async (invocation: Invocation) =>
  parentPort?.postMessage(await answer(invocation)),
);

async function load(): Promise<Handler> {
  const bundle: Record<string, unknown> = await import(pathToFileURL(file).href);
  const found = bundle[handler];
  if (typeof found !== 'function') throw new Error(`${file} exports no function ${handler}`);
  return found as Handler;
}

async function answer({ event, context }: Invocation): Promise<Answer> {
  try {
    const call = await loading;
    const result = await call(event, {
      ...context,
      getRemainingTimeInMillis: () => context.deadline - Date.now(),
    });
    return { result: result === undefined ? null : JSON.parse(JSON.stringify(result)) };
  } catch (error) {
    return { error: describe(error) };
  }
}

function describe(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: 'Error', errorMessage: String(error) };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
}
