import { type InstanceClients, instanceClients } from '../aws/instance-clients.ts';
import { HoldfastError, messageOf } from '../release/errors.ts';
import { type Invocation, parseArguments } from './arguments.ts';
import { type AgentRun, commands } from './commands.ts';
import { deploy, summaryOf, summaryOfFailure } from './deploy/deploy.ts';
import { exitCode } from './exit-code.ts';
import { Events, type Summary } from './host/events.ts';
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
    const run = { events, stores, home: process.env.HOLDFAST_HOME || '/' };
    const ending = await follow(parseArguments(words), run, stdout);
    if (ending) events.summary(ending);
    return 0;
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
  run: AgentRun,
  stdout: Outputs['stdout'],
): Promise<Omit<Summary, 'phases'> | undefined> {
  switch (invocation.command) {
    case 'help':
      stdout(invocation.text);
      return undefined;
    case 'deploy': {
      const settings = readSettings(invocation.settings);
      return summaryOf(await deploy(settings, run.events, run.stores(), invocation.request));
    }
    default:
      return await commands[invocation.command].run(invocation.file, run);
  }
}

/** One line. What is not a Holdfast error comes from the system, or is a defect. */
function describeError(error: unknown): string {
  const message = messageOf(error).replace(/\s+/g, ' ').trim();
  return error instanceof HoldfastError ? message : `could not go on: ${message}`;
}
