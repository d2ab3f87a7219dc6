import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

export interface RunOptions {
  cwd?: string;
  env: NodeJS.ProcessEnv;
  /** Ended with SIGTERM, then SIGKILL, after this time. */
  seconds: number;
  /** What the program may read once from descriptor 3: a secret that must not stand in arguments or environment. */
  secret?: string;
  /** Descriptor of the lock: while the program lives, the machine stays locked, even if the agent is killed. */
  lock?: number;
  /** Where both outputs go instead: a descriptor. */
  output?: number;
  /** Leads a process group of its own, so that all it started ends with it when time is up. */
  group?: boolean;
  /** Feeds stdin. Without this and `input` there is none. */
  feed?: (stdin: Writable) => Promise<void>;
  /** What stdin reads from: a descriptor. */
  input?: number;
  /** Ends the program when it fires. */
  stop?: AbortSignal;
  /** Gets stdout in parts instead of having it collected. */
  onOutput?: (chunk: Buffer) => void;
}

export interface RunResult {
  /** Exit code; 127 when there is no such program, 124 when time was up, 128 when it ended by a signal. */
  code: number;
  stdout: string;
  stderr: string;
}

/** Most that is kept of an output, in characters. */
const mostOutput = 64 * 1024 * 1024;
const mostComplaint = 16 * 1024;
const killMilliseconds = 3_000;

/** Runs a program to its end. Never throws for what the program does. */
export function run(program: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: stdio(options),
      detached: options.group ?? false,
    });
    const output = collect(child, options);
    const timer = endAfter(child, options);
    options.stop?.addEventListener('abort', () => child.kill('SIGKILL'));
    const finish = (code: number, complaint = '') => {
      timer.cancel();
      resolve({ code, stdout: output.stdout, stderr: complaint || output.stderr });
    };
    child.once('error', (error) => finish(127, error.message));
    // A program that hands its output on to a daemon never closes it: there `exit` is the end.
    child.once(options.output === undefined ? 'close' : 'exit', (code, signal) => {
      if (timer.isOver) finish(124, `did not end within ${options.seconds} seconds`);
      else if (signal) finish(128, `${output.stderr}\nended by ${signal}`.trimStart());
      else finish(code ?? 128);
    });
    feed(child, options);
  });
}

function stdio({ feed: isFed, input, secret, lock, output }: RunOptions): StdioOptions {
  const out = output ?? 'pipe';
  return [
    isFed ? 'pipe' : (input ?? 'ignore'),
    out,
    out,
    secret === undefined ? 'ignore' : 'pipe',
    ...(lock === undefined ? [] : [lock]),
  ];
}

function feed(child: ChildProcess, { feed: give, secret }: RunOptions): void {
  if (give && child.stdin) {
    const { stdin } = child;
    // A program that ends early closes its input; its exit code says why.
    stdin.on('error', () => undefined);
    give(stdin).then(
      () => stdin.end(),
      () => child.kill(),
    );
  }
  const pipe = child.stdio[3] as Writable | null | undefined;
  if (secret !== undefined && pipe) pipe.on('error', () => undefined).end(secret);
}

function collect(child: ChildProcess, { onOutput }: RunOptions): { stdout: string; stderr: string } {
  const output = { stdout: '', stderr: '' };
  const keep = (chunk: Buffer) => {
    if (output.stdout.length < mostOutput) output.stdout += chunk.toString('latin1');
  };
  child.stdout?.on('data', onOutput ?? keep);
  child.stderr?.on('data', (chunk: Buffer) => {
    output.stderr = (output.stderr + chunk.toString()).slice(-mostComplaint);
  });
  return output;
}

function endAfter(child: ChildProcess, { seconds, group }: RunOptions): { isOver: boolean; cancel(): void } {
  const timers: NodeJS.Timeout[] = [];
  const timer = { isOver: false, cancel: () => timers.forEach(clearTimeout) };
  const end = (signal: NodeJS.Signals) => {
    timer.isOver = true;
    if (group && child.pid) tryKill(-child.pid, signal);
    else child.kill(signal);
  };
  timers.push(setTimeout(end, seconds * 1000, 'SIGTERM'));
  timers.push(setTimeout(end, seconds * 1000 + killMilliseconds, 'SIGKILL'));
  return timer;
}

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself.
  }
}

/** The last line that is not empty: what a program complained about in the end. */
export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? '';
}

/** The first line that is not empty: what tar complained about before it says that it complained. */
export function firstLine(text: string): string {
  return text.trimStart().split('\n')[0]?.trim() ?? '';
}
