import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { HoldfastError } from '../../release/errors.ts';

const run = promisify(execFile);

/** A git host that does not answer must not block a rehearsal for ever. */
const mostMilliseconds = 120_000;

/** Runs git and returns its output without the last line end. */
export async function git(args: string[], cwd?: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  try {
    const { stdout } = await run('git', args, {
      cwd,
      env: { ...process.env, ...env, GIT_TERMINAL_PROMPT: '0' },
      maxBuffer: 64 * 1024 * 1024,
      timeout: mostMilliseconds,
    });
    return stdout.trimEnd();
  } catch (cause) {
    const words = String((cause as { stderr?: unknown }).stderr ?? cause).trim();
    throw new HoldfastError('GitFailed', `git ${args.join(' ')}${cwd ? ` in ${cwd}` : ''}: ${words}`, {
      cause,
    });
  }
}
