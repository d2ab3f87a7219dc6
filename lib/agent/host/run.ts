import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

export interface RunOptions {
  cwd?: string;
  env: NodeJS.ProcessEnv;
  /** Time limit: SIGTERM, then SIGKILL. */
  seconds: number;
  /**
   * A secret that the program may read once from descriptor 3, because it must not be in arguments or environment.
   */
  secret?: string;
  /** Descriptor of the lock: the machine stays locked while the program lives, even if the agent is killed. */
  lock?: number;
  /** Descriptor for both outputs, instead of collecting them. */
  output?: number;
  /** Whether it leads its own process group, so that everything it started ends with it at the time limit. */
  group?: boolean;
  /** Writes stdin. Without this and `input` there is none. */
  feed?: (stdin: Writable) => Promise<void>;
  /** Descriptor that stdin reads from. */
  input?: number;
  /** Ends the program when it fires. */
  stop?: AbortSignal;
  /** Receives stdout in chunks instead of having it collected. */
  onOutput?: (chunk: Buffer) => void;
}

export interface RunResult {
  /** Exit code; 127: no such program, 124: time limit, 128: ended by a signal. */
  code: number;
  stdout: string;
  stderr: string;
}

/** Longest output that is kept, in characters. */
const mostOutput = 64 * 1024 * 1024;
const mostComplaint = 16 * 1024;
const killMilliseconds = 3_000;

/** Runs a program to its end. Never throws for a failure of the program. */
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
    // A program that passes its output on to a daemon never closes it: there `exit` is the end.
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
    // A program that ends early closes its input. Its exit code says why.
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

/** The last line that is not empty: a program's final complaint. */
export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? '';
}

/** The first line that is not empty: tar's real complaint precedes its summary. */
export function firstLine(text: string): string {
  return text.trimStart().split('\n')[0]?.trim() ?? '';
}
