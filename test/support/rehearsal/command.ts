import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RehearsalReport } from '../../../lib/rehearsal/report.ts';

const root = join(__dirname, '../../..');
const assembly = join(root, 'cdk.out');

export interface Finished {
  code: number | null;
  output: string;
  /** Undefined when none was written. */
  report: RehearsalReport | undefined;
  /** Names of what it left in the folder for temporary files. */
  leftFiles: string[];
  /** Ids of processes that it left running. */
  leftProcesses: number[];
}

/** The rehearsal as a person starts it, with a folder for temporary files of its own. */
export class Command {
  readonly folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  readonly #report = join(this.folder, 'report.json');
  readonly #temporary = mkdtempSync(join(this.folder, 'tmp-'));
  #output = '';
  #child: ChildProcess | undefined;

  /** A copy of the synthesised stacks, to be changed. */
  copyAssembly(): string {
    const copy = join(this.folder, 'cdk.out');
    cpSync(assembly, copy, { recursive: true });
    return copy;
  }

  start(args: string[] = []): void {
    const all = ['bin/holdfast.ts', 'rehearse', '--assembly', assembly, '--report', this.#report, ...args];
    this.#child = spawn(process.execPath, all, {
      cwd: root,
      env: { ...process.env, TMPDIR: this.#temporary, FORCE_COLOR: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
      });
    }
  }

  /** Waits, bounded, for words in its output. */
  async says(words: string, seconds = 120): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!this.#output.includes(words)) {
      if (Date.now() > end || this.#child?.exitCode !== null)
        throw new Error(`no "${words}" in ${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** The output so far. */
  get output(): string {
    return this.#output;
  }

  interrupt(signal: NodeJS.Signals = 'SIGINT'): void {
    this.#child?.kill(signal);
  }

  async end(): Promise<Finished> {
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'close');
    return {
      code: child?.exitCode ?? null,
      output: this.#output,
      report: existsSync(this.#report) ? JSON.parse(readFileSync(this.#report, 'utf8')) : undefined,
      leftFiles: readdirSync(this.#temporary),
      leftProcesses: this.#processes(),
    };
  }

  /** Ends what a failed test left, and removes its files. */
  async close(): Promise<void> {
    if (this.#child?.exitCode === null) {
      this.interrupt('SIGTERM');
      await this.end();
    }
    for (const pid of this.#processes()) process.kill(pid, 'SIGKILL');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Everything that runs with this command's folder in its environment. */
  #processes(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== this.#child?.pid)
      .filter((pid) => environmentOf(pid).includes(this.#temporary))
      .map(Number);
  }
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}
