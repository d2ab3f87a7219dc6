import { Command, CommanderError, Option } from 'commander';
import { HoldfastError } from '../release/errors.ts';
import { branchSchema, commitSchema, keySchema } from '../release/identifiers.ts';
import type { ReleaseRequest } from '../release/release-request.ts';
import { check } from '../release/validate.ts';
import { type CommandName, commandNames, commands } from './commands.ts';

/** The command line as a value. */
export type Invocation =
  | {
      command: 'deploy';
      settings: string;
      /** Left out: auto mode. */
      request?: ReleaseRequest;
    }
  | { command: CommandName; file: string }
  | { command: 'help'; text: string };

/** Flag and description of the file that a command reads. */
const files = {
  init: ['--init <file>', 'file with the init information, JSON'],
  settings: ['--settings <file>', 'settings file, JSON'],
} as const;

interface DeployOptions extends ReleaseRequest {
  auto?: boolean;
  settings: string;
}

/** Parses the command line. Anything unknown is InvalidInput. */
export function parseArguments(words: readonly string[]): Invocation {
  let invocation: Invocation | undefined;
  let help = '';
  const program = new Command('holdfast-agent').description('Deploys the recorded release on this machine.');
  const output = { writeOut: (text: string) => (help += text), writeErr: () => undefined };
  program.exitOverride().configureOutput(output);
  deployCommand(program).action((options: DeployOptions) => {
    invocation = deployInvocation(options);
  });
  for (const command of commandNames) {
    const { description, reads } = commands[command];
    const [flag, what] = files[reads];
    const made = program.command(command).description(description).requiredOption(flag, what);
    made.action((options: Partial<Record<keyof typeof files, string>>) => {
      invocation = { command, file: options[reads] ?? '' };
    });
  }
  try {
    program.parse(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { command: 'help', text: help };
    throw new HoldfastError('InvalidInput', usage(error), { cause: error });
  }
  return invocation ?? { command: 'help', text: program.helpInformation() };
}

function deployCommand(program: Command): Command {
  return program
    .command('deploy')
    .description('Applies the recorded release (--auto), or decides one, applies it and records it.')
    .addOption(
      new Option('--auto', 'apply exactly the recorded release').conflicts(['branch', 'commit', 'overlay']),
    )
    .option('--branch <branch>', 'branch of the primary repository; default: the recorded one')
    .option('--commit <commit>', 'commit on that branch, 40 hex digits; default: its tip')
    .option('--overlay <key>', 'tarball in the store bucket, or none; default: by convention')
    .requiredOption(...files.settings);
}

function deployInvocation({ auto, settings, branch, commit, overlay }: DeployOptions): Invocation {
  if (auto) return { command: 'deploy', settings };
  const request: ReleaseRequest = {};
  if (branch !== undefined) request.branch = check(branchSchema, branch, '--branch');
  if (commit !== undefined) request.commit = check(commitSchema, commit, '--commit');
  if (overlay !== undefined) request.overlay = check(keySchema, overlay, '--overlay');
  return { command: 'deploy', settings, request };
}

/** One lower-case sentence. Commander reports a missing command by showing the help. */
function usage(error: CommanderError): string {
  if (error.code === 'commander.help')
    return `found no command, expected deploy, ${commandNames.join(', ')}; see --help`;
  return error.message.replace(/^error: /, '');
}
