import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { HoldfastError } from '../../release/errors.ts';
import { lastLine, run } from './run.ts';
import { hintOfRoom } from './space.ts';

/** A shell line of the settings. */
export interface ShellLine {
  /** Name in a sentence: `start`, `build of site`. */
  what: string;
  line: string;
  cwd: string;
  /** File for its output, truncated first. */
  log: string;
  seconds: number;
  environment?: NodeJS.ProcessEnv;
}

/**
 * Runs a shell line; a failure is CommandFailed. Its output goes to a file, because a process that it leaves behind
 * keeps writing after the agent has ended. For the same reason it does not inherit the machine's lock.
 */
export async function runLine({ what, line, cwd, log, seconds, environment }: ShellLine): Promise<void> {
  mkdirSync(dirname(log), { recursive: true, mode: 0o700 });
  // A new file, because processes of an earlier line may still write to the old one.
  rmSync(log, { force: true });
  const output = openSync(log, 'wx', 0o600);
  const options = { cwd, env: { ...process.env, ...environment }, seconds, output, group: true };
  const ran = await run('sh', ['-c', line], options).finally(() => closeSync(output));
  if (ran.code === 0) return;
  const ending = ran.code === 124 ? ran.stderr : `exit code ${ran.code}`;
  throw new HoldfastError(
    'CommandFailed',
    `${what} failed: ${ending}, last output ${JSON.stringify(lastOutput(log))}; read ${log}${hintOfRoom(cwd)}`,
  );
}

function lastOutput(log: string): string {
  return lastLine(readFileSync(log, 'utf8').slice(-4096)).slice(0, 300);
}
