import { AwsError } from '../model/error.ts';
import type { ServiceName } from '../model/operations.ts';
import type { World } from '../model/world.ts';
import type { Caller } from './caller.ts';
import type { Clients, Link } from './clients.ts';
import { turn } from './turn.ts';

/** A command of the SDK: its class names the operation. */
interface Command {
  input: object;
  constructor: { name: string };
}

/** Attempts and pauses of the SDK's standard retry, as lib/aws/connection.ts asks for it. */
const attempts = 10;
const pauseMilliseconds = 100;
const throttledPauseMilliseconds = 500;
const longestPauseMilliseconds = 20_000;

const throttlingCodes = new Set(['Throttling', 'ThrottlingException', 'RequestLimitExceeded', 'SlowDown']);

/** Without the wire. */
export const direct: Link = { connect: directClients, settled: turn };

/**
 * Clients that hand a command's input straight to the local AWS: what the SDK's own clients do without serialisation,
 * and hundreds of times as fast. A test holds both against each other.
 */
function directClients(world: World, caller: Caller): Clients {
  const client = (service: ServiceName) => ({
    send: (command: Command) => send(world, caller, service, command),
  });
  return {
    autoScaling: client('autoscaling'),
    balancing: client('elasticloadbalancing'),
    ec2: client('ec2'),
    s3: client('s3'),
    ssm: client('ssm'),
    states: client('states'),
  } as unknown as Clients;
}

async function send(world: World, caller: Caller, service: ServiceName, command: Command): Promise<object> {
  const operation = command.constructor.name.slice(0, -'Command'.length);
  const input = command.input as Record<string, unknown>;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await caller.through(() =>
        world.call({ service, operation, input, caller: caller.name }),
      );
      return operation === 'GetObject' ? withStream(answer) : answer;
    } catch (error) {
      if (!(error instanceof AwsError) || attempt >= attempts || !isTransient(error)) throw error;
      await pause(world, error, attempt);
    }
  }
}

function isTransient({ code, status }: AwsError): boolean {
  return throttlingCodes.has(code) || (status >= 500 && status !== 501);
}

function pause(world: World, { code }: AwsError, attempt: number): Promise<void> {
  const base = throttlingCodes.has(code) ? throttledPauseMilliseconds : pauseMilliseconds;
  const most = Math.min(longestPauseMilliseconds, base * 2 ** (attempt - 1));
  return new Promise((resolve) => {
    world.clock.after(Math.floor(Math.random() * most), resolve);
  });
}

/** The body of an object as the SDK gives it: it can be read as text or part by part. */
function withStream(answer: object): object {
  const { Body } = answer as { Body: Uint8Array };
  return {
    ...answer,
    Body: {
      transformToString: async () => Buffer.from(Body).toString('utf8'),
      async *[Symbol.asyncIterator]() {
        if (Body.length > 0) yield Body;
      },
    },
  };
}
