import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { sdkStreamMixin } from '@smithy/core/serde';
import { AwsError } from '../model/error.ts';
import type { ServiceName } from '../model/operations.ts';
import type { World } from '../model/world.ts';
import { sdkError } from './sdk-error.ts';

/** What is read of a command of the SDK: its operation stands third in its schema. */
export interface Command {
  input: object;
  schema?: readonly unknown[];
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
  const operation = String(command.schema?.[2]);
  const input = await copyOf(command.input);
  try {
    return outputOf(await world.call({ service, operation, input, caller }));
  } catch (error) {
    throw error instanceof AwsError ? sdkError(service, operation, error) : error;
  }
}

/** What was handed over does not change when the caller's object does. */
async function copyOf(input: object): Promise<Record<string, unknown>> {
  if (!('Body' in input)) return structuredClone(input) as Record<string, unknown>;
  const { Body, ...rest } = input;
  return { ...structuredClone(rest), Body: Body instanceof Readable ? await buffer(Body) : Body };
}

function outputOf(output: object): object {
  const $metadata = {};
  if (!('Body' in output)) return { ...structuredClone(output), $metadata };
  const body = output.Body as Uint8Array;
  const stream = Readable.from(body.length > 0 ? [body] : []);
  return { ...output, Body: sdkStreamMixin(stream), $metadata };
}
