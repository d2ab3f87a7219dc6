import type { ServiceName } from '../local-aws/model/operations.ts';
import { type Command, sendDirectly } from '../local-aws/wire/direct.ts';
import type { World } from '../local-aws/world.ts';
import type { Clients, Link } from './clients.ts';
import type { Caller } from './process.ts';
import { tick } from './tick.ts';

/** Pauses of the SDK's standard retry. Milliseconds. */
const pause = { usual: 100, throttled: 500, longest: 20_000 } as const;

const throttling: ReadonlySet<string> = new Set([
  'Throttling',
  'ThrottlingException',
  'RequestLimitExceeded',
  'SlowDown',
]);

/** The behaviour of the SDK's clients without the wire, thirty times as fast. A test compares both. */
export const direct: Link = {
  connect(world, caller) {
    const client = (service: ServiceName) => ({
      send: (command: Command) => sendWithRetries(world, caller, service, command),
    });
    return {
      autoScaling: client('autoscaling'),
      cloudFormation: client('cloudformation'),
      balancing: client('elasticloadbalancing'),
      ec2: client('ec2'),
      s3: client('s3'),
      ssm: client('ssm'),
      states: client('states'),
    } as unknown as Clients;
  },
  settled: tick,
};

async function sendWithRetries(
  world: World,
  caller: Caller,
  service: ServiceName,
  command: Command,
): Promise<object> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await caller.through(() => sendDirectly(world, service, command, caller.name));
    } catch (error) {
      if (!(error instanceof Error) || attempt >= caller.attempts || !isTransient(error)) throw error;
      await wait(world, error, attempt);
    }
  }
}

function isTransient(error: Error & { $metadata?: { httpStatusCode?: number } }): boolean {
  const status = error.$metadata?.httpStatusCode ?? 0;
  return throttling.has(error.name) || (status >= 500 && status !== 501);
}

function wait(world: World, { name }: Error, attempt: number): Promise<void> {
  const base = throttling.has(name) ? pause.throttled : pause.usual;
  const most = Math.min(pause.longest, base * 2 ** (attempt - 1));
  return new Promise((resolve) => {
    world.clock.after(Math.floor(Math.random() * most), resolve);
  });
}
