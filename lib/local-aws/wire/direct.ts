import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { AwsError } from '../model/error.ts';
import type { Call } from '../model/faults.ts';
import type { ServiceName } from '../model/operations.ts';
import type { World } from '../world.ts';
import { copyOf } from './copy.ts';
import { sdkError } from './sdk-error.ts';

/** What is read of a command of the SDK: its operation stands third in its schema. */
export interface Command {
  input: object;
  schema?: unknown;
}

/**
 * Sends a command to the model without the wire, some thirty times faster: for thousands of schedules. One attempt;
 * the answer and the errors look as if they had come from the SDK, and are copies.
 */
export async function sendDirectly(
  world: World,
  service: ServiceName,
  command: Command,
  caller?: string,
): Promise<object> {
  const operation = String((command.schema as readonly unknown[] | undefined)?.[2]);
  const input = 'Body' in command.input ? await withBody(command.input) : copyOf(command.input);
  try {
    return outputOf(await world.call({ service, operation, input: input as Call['input'], caller }));
  } catch (error) {
    throw error instanceof AwsError ? sdkError(service, operation, error) : error;
  }
}

/** What was handed over does not change when the caller's object does. */
async function withBody({ Body, ...rest }: { Body: unknown }): Promise<object> {
  return { ...copyOf(rest), Body: Body instanceof Readable ? await buffer(Body) : Body };
}

function outputOf(output: object): object {
  const $metadata = {};
  if (!('Body' in output)) return Object.assign(copyOf(output), { $metadata });
  return { ...output, Body: bodyOf(output.Body as Uint8Array), $metadata };
}

/** What is used of the SDK's streams. A real one takes turns of the event loop, and most bodies are a line of text. */
function bodyOf(bytes: Uint8Array) {
  return {
    transformToString: async () => Buffer.from(bytes).toString('utf8'),
    transformToByteArray: async () => bytes,
    async *[Symbol.asyncIterator]() {
      if (bytes.length > 0) yield bytes;
    },
  };
}
