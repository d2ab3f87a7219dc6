import { type InstanceClients, instanceClients } from '../aws/instance-clients.ts';
import { HoldfastError, messageOf } from '../release/errors.ts';
import { type Invocation, parseArguments } from './arguments.ts';
import { type AgentRun, commands } from './commands.ts';
import { deploy, summaryOf, summaryOfFailure } from './deploy/deploy.ts';
import { exitCode } from './exit-code.ts';
import { Events, type Summary } from './host/events.ts';
import { homeFolder } from './host/home.ts';
import { requireNode } from './host/node-version.ts';
import { readSettings } from './settings.ts';

/** Outputs of the process. */
export interface Outputs {
  stdout: (text: string) => void;
  stderr: (text: string) => void;
}

/** Runs the command line and returns the exit code. `stores` defaults to the clients of the environment. */
export async function main(
  words: readonly string[],
  { stdout, stderr }: Outputs,
  stores: () => InstanceClients = () => instanceClients(process.env),
): Promise<number> {
  const events = new Events(stdout);
  try {
    const run = { events, stores, home: homeFolder() };
    const ending = await follow(parseArguments(words), run, stdout);
    if (ending) events.summary(ending);
    return 0;
  } catch (error) {
    events.summary(summaryOfFailure(error, events));
    stderr(`${describeError(error)}\n`);
    return exitCode(error);
  }
}

async function follow(
  invocation: Invocation,
  run: AgentRun,
  stdout: Outputs['stdout'],
): Promise<Omit<Summary, 'phases'> | undefined> {
  // A bootstrap looks for itself, so that it can report.
  if (!['help', 'bootstrap'].includes(invocation.command)) requireNode();
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

/** One line. An error that is not Holdfast's comes from the system, or is a defect. */
function describeError(error: unknown): string {
  const message = messageOf(error).replace(/\s+/g, ' ').trim();
  return error instanceof HoldfastError ? message : `unexpected error: ${message}`;
}
