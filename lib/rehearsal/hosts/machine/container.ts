import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { controlGroup, joinGroup, removeGroup } from './control-group.ts';
import { childrenOf } from './enclosure.ts';

export interface ContainerOptions {
  /** Name of the machine and of its network namespace. */
  name: string;
  root: string;
  /** Receives the console output of the machine. */
  said(text: string): void;
}

/** Time for a machine to halt before it is killed. Milliseconds. */
const haltMilliseconds = 20_000;

/** A running machine: systemd-nspawn boots the root's own systemd. */
export class Container {
  /** Settled when the machine has ended. */
  readonly ended: Promise<unknown>;
  readonly #process: ChildProcess;
  readonly #group: string;

  constructor({ name, root, said }: ContainerOptions) {
    this.#group = controlGroup(name);
    const [shell = '', ...words] = [
      ...joinGroup,
      this.#group,
      'systemd-nspawn',
      ...nspawnOptions(name, root),
    ];
    this.#process = spawn(shell, words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
    });
    for (const output of [this.#process.stdout, this.#process.stderr])
      output?.on('data', (chunk: Buffer) => said(chunk.toString()));
    this.#process.once('error', ({ message }) => said(`the machine did not start: ${message}\n`));
    this.ended = new Promise((resolve) => this.#process.once('close', resolve));
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Process id of the machine's init; undefined when it has none yet, or no longer. */
  get leader(): number | undefined {
    return childrenOf(this.#process.pid)[0];
  }

  /** Halts it as the power button does, and kills it if it does not halt: early in its boot it cannot hear. */
  async end(): Promise<void> {
    this.#process.kill('SIGTERM');
    const timer = new AbortController();
    const late = sleep(haltMilliseconds, 'late', { signal: timer.signal }).catch(() => undefined);
    if ((await Promise.race([this.ended, late])) === 'late') this.#kill();
    timer.abort();
    await this.ended;
    await removeGroup(this.#group);
  }

  /**
   * Everything of it ends with its init. The init outlives systemd-nspawn, which is killed only while there is none
   * yet.
   */
  #kill(): void {
    const { leader } = this;
    if (leader === undefined) this.#process.kill('SIGKILL');
    else process.kill(leader, 'SIGKILL');
  }
}

function nspawnOptions(name: string, root: string): string[] {
  return [
    '--quiet',
    '--boot',
    `--directory=${root}`,
    `--machine=${name}`,
    `--network-namespace-path=/run/netns/${name}`,
    // For its own network alone: rules of nftables.
    '--capability=CAP_NET_ADMIN',
    '--register=no',
    '--keep-unit',
    '--resolv-conf=off',
    '--timezone=off',
    '--console=read-only',
  ];
}
