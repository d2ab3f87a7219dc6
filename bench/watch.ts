import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { CommandOptions } from './command.ts';
import { family, type Process, processes } from './processes.ts';

/** Most memory, in bytes. */
export interface Peak {
  /** Of the program itself. */
  program: number;
  /** Of the program and what it had started, each at its own most so far. */
  all: number;
}

const pauseMilliseconds = 20;

/** Runs a program and watches how much memory it and its children hold. */
export async function peakMemory(program: string, args: string[], options: CommandOptions): Promise<Peak> {
  const child = spawn(program, args, { ...options, stdio: 'ignore' });
  const closed = once(child, 'close');
  let peak: Peak = { program: 0, all: 0 };
  const timer = setInterval(() => {
    peak = higher(peak, family(processes(), child.pid ?? 0));
  }, pauseMilliseconds);
  const [code] = await closed.finally(() => clearInterval(timer));
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}`);
  return peak;
}

/** A child that still is a copy of its parent shares the parent's memory and is left out. */
export function higher(peak: Peak, [program, ...children]: readonly Process[]): Peak {
  if (!program) return peak;
  const others = children.filter(({ line }) => line !== program.line);
  const all = [program, ...others].reduce((sum, { highWater }) => sum + highWater, 0);
  return { program: Math.max(peak.program, program.highWater), all: Math.max(peak.all, all) };
}
