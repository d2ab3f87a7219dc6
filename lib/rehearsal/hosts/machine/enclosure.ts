import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const script = join(import.meta.dirname, 'enclosure.sh');
/** Set inside an enclosure, to the id of a process outside. */
const variable = 'HOLDFAST_ENCLOSED';
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Whether this process can start machines. */
export function isEnclosed(): boolean {
  return process.env[variable] !== undefined;
}

/** A hint how to reach an address inside from outside; empty when this process is not enclosed. */
export function wayIn(): string {
  return isEnclosed() ? ` (nsenter --net=/proc/${process.env[variable]}/ns/net curl ...)` : '';
}

/**
 * Runs a command in its own network, mount and process namespaces and returns its exit code. Signals are forwarded,
 * because the first process of a namespace receives only signals that it handles. If this process is killed,
 * everything inside ends.
 */
export async function enclose(
  command: readonly string[],
  signalled: 'hand on' | 'kill' = 'hand on',
): Promise<number> {
  const child = spawn(script, command, { stdio: 'inherit' });
  const handOn = (signal: NodeJS.Signals) =>
    signalled === 'kill' ? child.kill('SIGKILL') : send(child.pid, signal);
  for (const signal of signals) process.on(signal, handOn);
  try {
    const [code] = await once(child, 'exit');
    return code ?? 1;
  } finally {
    for (const signal of signals) process.off(signal, handOn);
  }
}

/** Sends a signal to the command itself: the process that waits for it outside takes only KILL. */
function send(outside: number | undefined, signal: NodeJS.Signals): void {
  const [inside] = childrenOf(outside);
  if (inside !== undefined) process.kill(inside, signal);
}

/** Child processes in the order of their start; none when the process is gone. */
export function childrenOf(pid: number | undefined): number[] {
  if (pid === undefined) return [];
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
