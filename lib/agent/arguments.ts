import { Command, CommanderError, Option } from 'commander';
import { HoldfastError } from '../release/errors.ts';
import { branchSchema, commitSchema, keySchema } from '../release/identifiers.ts';
import type { ReleaseRequest } from '../release/release-request.ts';
import { check } from '../release/validate.ts';

/** Commands that work from the init information alone. */
const initCommands = {
  enable: 'Has systemd bootstrap this instance now and at every boot.',
  bootstrap: 'Builds a new instance from its init information and reports.',
  bake: 'Makes a fresh machine a base image: what is recorded is on its disk, nothing names it.',
};
type InitCommand = keyof typeof initCommands;

/** Commands that work on a machine that runs. */
const settingsCommands = {
  refresh: 'Applies what changed for this machine: its environment, a configuration that follows its branch.',
  leave: 'Sees off an instance that is about to end: drain command, end of the log, terminate hook.',
  'ship-log': "Puts what is new in this machine's journal into CloudWatch Logs.",
};
type SettingsCommand = keyof typeof settingsCommands;

/** The command line as a value. */
export type Invocation =
  | { command: 'auto'; settings: string }
  | { command: 'manual'; settings: string; asked: ReleaseRequest }
  | { command: InitCommand; init: string }
  | { command: SettingsCommand; settings: string }
  | { command: 'help'; text: string };

/** Flag and description of an option that names a file. */
type FileOption = readonly [flag: string, what: string];
const initFile: FileOption = ['--init <file>', 'file with the init information, JSON'];
const settingsFile: FileOption = ['--settings <file>', 'settings file, JSON'];

interface DeployOptions extends ReleaseRequest {
  auto?: boolean;
  settings: string;
}

/** Reads the command line; anything it does not know is InvalidInput. */
export function parseArguments(words: readonly string[]): Invocation {
  let invocation: Invocation | undefined;
  let help = '';
  const program = new Command('holdfast-agent').description('Deploys the recorded release on this machine.');
  const output = { writeOut: (text: string) => (help += text), writeErr: () => undefined };
  program.exitOverride().configureOutput(output);
  deployCommand(program).action((options: DeployOptions) => {
    invocation = deployInvocation(options);
  });
  for (const command of Object.keys(initCommands) as InitCommand[]) {
    const made = fileCommand(program, command, initCommands[command], initFile);
    made.action(({ init }: { init: string }) => {
      invocation = { command, init };
    });
  }
  for (const command of Object.keys(settingsCommands) as SettingsCommand[]) {
    const made = fileCommand(program, command, settingsCommands[command], settingsFile);
    made.action(({ settings }: { settings: string }) => {
      invocation = { command, settings };
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

/** A command that needs one file. */
function fileCommand(program: Command, name: string, description: string, [flag, what]: FileOption): Command {
  return program.command(name).description(description).requiredOption(flag, what);
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
    .requiredOption(...settingsFile);
}

function deployInvocation({ auto, settings, branch, commit, overlay }: DeployOptions): Invocation {
  if (auto) return { command: 'auto', settings };
  const asked: ReleaseRequest = {};
  if (branch !== undefined) asked.branch = check(branchSchema, branch, '--branch');
  if (commit !== undefined) asked.commit = check(commitSchema, commit, '--commit');
  if (overlay !== undefined) asked.overlay = check(keySchema, overlay, '--overlay');
  return { command: 'manual', settings, asked };
}

/** One lower-case sentence. With no command at all commander complains by showing the help. */
function usage(error: CommanderError): string {
  if (error.code === 'commander.help') return 'found no command, expected deploy or bootstrap; see --help';
  return error.message.replace(/^error: /, '');
}
