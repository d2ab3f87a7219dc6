import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { sdkStreamMixin } from '@smithy/core/serde';
import { AwsError } from '../model/error.ts';
import type { ServiceName } from '../model/operations.ts';
import type { World } from '../model/world.ts';
import { retried } from './retry.ts';
import { sdkError } from './sdk-error.ts';

/** What this needs of a client of the SDK. */
interface Client {
  send: unknown;
}

/** What this reads of a command: its operation stands third in its schema. */
interface Command {
  input: object;
  schema?: readonly unknown[];
}

/**
 * Lets a client of the SDK call the model without the wire: some thirty times faster, for thousands of schedules. Faults
 * apply as on the wire; calls that may work another time are repeated as the SDK does, on the clock of the world.
 */
export function direct<C extends Client>(client: C, world: World, service: ServiceName, caller?: string): C {
  client.send = async (command: Command) => {
    const operation = String(command.schema?.[2]);
    const input = await copyOf(command.input);
    try {
      const output = await retried(world.clock, () => world.call({ service, operation, input, caller }));
      return outputOf(output);
    } catch (error) {
      throw error instanceof AwsError ? sdkError(service, operation, error) : error;
    }
  };
  return client;
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
