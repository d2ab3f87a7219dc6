import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { HoldfastError } from '../../../release/errors.ts';

const run = promisify(execFile);

/** Time limit of the commands that create a machine. */
const mostMilliseconds = 60_000;

/** Runs a program and returns its output; a failure throws its complaint. */
export async function command(program: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await run(program, args, { timeout: mostMilliseconds, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (cause) {
    const words = String((cause as { stderr?: unknown }).stderr || cause).trim();
    throw new HoldfastError('CommandFailed', `${program} ${args.join(' ')}: ${words}`, { cause });
  }
}
