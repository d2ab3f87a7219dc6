import { type InstanceClients, instanceClients } from '../aws/instance-clients.ts';
import { instanceMetadata } from '../aws/metadata.ts';
import { HoldfastError, messageOf } from '../release/errors.ts';
import { type Invocation, parseArguments } from './arguments.ts';
import { deploy, summaryOf, summaryOfFailure } from './deploy/deploy.ts';
import { exitCode } from './exit-code.ts';
import { Events } from './host/events.ts';
import { readSettings } from './settings.ts';

/** What the process writes to. */
export interface Outputs {
  stdout: (text: string) => void;
  stderr: (text: string) => void;
  /** Learns at the end which parts of its work the run did. Default: nobody does. */
  parts?: (names: readonly string[]) => void;
}

/** Does what the command line says and gives the exit code. `stores` are those of the environment by default. */
export async function main(
  words: readonly string[],
  { stdout, stderr, parts }: Outputs,
  stores: () => InstanceClients = () => instanceClients(process.env),
): Promise<number> {
  const events = new Events(stdout);
  try {
    return await follow(parseArguments(words), events, stdout, stores);
  } catch (error) {
    events.summary(summaryOfFailure(error, events));
    stderr(`${describeError(error)}\n`);
    return exitCode(error);
  } finally {
    parts?.(['start', ...events.phases.map(({ name }) => name)]);
  }
}

async function follow(
  invocation: Invocation,
  events: Events,
  stdout: Outputs['stdout'],
  stores: () => InstanceClients,
): Promise<number> {
  switch (invocation.command) {
    case 'help':
      stdout(invocation.text);
      return 0;
    case 'enable': {
      const { enable } = await import('./boot/enable.ts');
      await enable(invocation.init, home());
      return 0;
    }
    case 'bake': {
      const { bake } = await import('./image/bake.ts');
      await bake(invocation.init, {
        events,
        stores: stores(),
        metadata: instanceMetadata(process.env),
        home: home(),
      });
      return 0;
    }
    case 'bootstrap': {
      const { bootstrap } = await import('./boot/bootstrap.ts');
      await bootstrap(invocation.init, events, stores());
      return 0;
    }
    case 'refresh': {
      const [{ refresh }, { logOf, shipLastLines }] = await Promise.all([
        import('./refresh/refresh.ts'),
        import('./log/ship-log.ts'),
      ]);
      const settings = readSettings(invocation.settings);
      const reached = stores();
      const log = logOf(settings, reached, events);
      const done = refresh(settings, events, reached);
      events.summary(await done.finally(() => log && shipLastLines(log)));
      return 0;
    }
    case 'ship-log': {
      const { logOf, shipLog } = await import('./log/ship-log.ts');
      const log = logOf(readSettings(invocation.settings), stores(), events);
      if (log) await shipLog(log);
      return 0;
    }
    case 'leave': {
      const [{ leave }, { instanceMetadata }] = await Promise.all([
        import('./leave/leave.ts'),
        import('../aws/metadata.ts'),
      ]);
      const settings = readSettings(invocation.settings);
      const metadata = instanceMetadata(process.env);
      events.summary(await leave({ settings, metadata, events, stores: stores() }));
      return 0;
    }
    default: {
      const asked = invocation.command === 'manual' ? invocation.asked : undefined;
      const settings = readSettings(invocation.settings);
      events.summary(summaryOf(await deploy(settings, events, stores(), asked)));
      return 0;
    }
  }
}

/** Takes the place of `/` where an instance is a group of processes. */
const home = () => process.env.HOLDFAST_HOME || '/';

/** One line. What is not a Holdfast error comes from the system, or is a defect. */
function describeError(error: unknown): string {
  const message = messageOf(error).replace(/\s+/g, ' ').trim();
  return error instanceof HoldfastError ? message : `could not go on: ${message}`;
}
