import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface CommandOptions {
  env: NodeJS.ProcessEnv;
  cwd: string;
}

/** Runs a program and returns its stdout; throws with the end of its output when it fails. */
export async function command(program: string, args: string[], options: CommandOptions): Promise<string> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  if (code === 0) return out;
  throw new Error(
    `${program} ${args.join(' ')} ended with ${code}:\n${`${out}\n${err}`.trim().slice(-2000)}`,
  );
}

/** Runs lines of shell; the first that fails ends them. */
export function shell(script: string, options: CommandOptions): Promise<string> {
  return command('bash', ['-euo', 'pipefail', '-c', script], options);
}
