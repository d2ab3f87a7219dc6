import { mkdirSync } from 'node:fs';
import { Console } from '../../../local-aws/console.ts';
import { Closers } from '../../closers.ts';
import { Container } from './container.ts';
import { Disk } from './disk.ts';
import { failureIn } from './failure.ts';
import { plug, unplug } from './network.ts';
import { seed } from './seed.ts';
import { runIn, type ShellResult } from './shell.ts';

export interface MachineOptions {
  /** Name of its network namespace, link and control group. Unique in this process, at most 12 characters. */
  name: string;
  address: string;
  /** Folder for this machine alone. */
  folder: string;
  /** Size of its writable layer. */
  diskMegabytes: number;
  /** Endpoint of the local AWS. */
  endpoint: string;
  /** Called when its user-data failed; `words` are its last output. */
  failed(words: string): void;
}

/** One machine, with its disk and its link. */
export class Machine {
  readonly console = new Console();
  readonly #options: MachineOptions;
  readonly #closers = new Closers();
  #disk: Disk | undefined;
  #container: Container | undefined;
  #hasFailed = false;

  constructor(options: MachineOptions) {
    this.#options = options;
  }

  /** Whether it is running. */
  get isOn(): boolean {
    return this.#container?.isRunning ?? false;
  }

  /** Starts it. `layers`: the layers of its disk, the root file system first. */
  async boot(layers: readonly string[]): Promise<void> {
    const { name, address, endpoint, folder, diskMegabytes } = this.#options;
    mkdirSync(folder, { recursive: true });
    await plug(name, address);
    this.#closers.add(() => unplug(name));
    const disk = new Disk({ folder, layers, megabytes: diskMegabytes });
    this.#disk = disk;
    this.#closers.add(() => disk.unmount());
    await disk.mount();
    seed(disk.root, endpoint);
    this.#closers.add(() => this.halt());
    this.#switchOn(disk);
  }

  /** Reboots it from inside. Its disk stays. */
  async reboot(): Promise<void> {
    await this.run('systemctl --no-block reboot');
    await this.#container?.ended;
    if (this.#disk) this.#switchOn(this.#disk);
  }

  /** Stops it. Its disk and its link stay. */
  async halt(): Promise<void> {
    await this.#container?.end();
    this.#container = undefined;
  }

  /** Starts it again after a halt. */
  async resume(): Promise<void> {
    if (!this.#disk) throw new Error(`machine ${this.#options.name} was never started`);
    this.#switchOn(this.#disk);
  }

  /** Runs a shell line on it as root. Never throws for a failure of the line. */
  async run(line: string, seconds = 60): Promise<ShellResult> {
    const leader = this.#container?.leader;
    if (leader === undefined) throw new Error(`machine ${this.#options.name} is not running`);
    return await runIn(leader, line, seconds);
  }

  /** Halts it and keeps its writes in `folder`, as a layer for others. */
  async keep(folder: string): Promise<void> {
    await this.halt();
    await this.#disk?.keep(folder);
  }

  /** Halts it and removes everything of it, even if it was only partly started. */
  async end(): Promise<void> {
    await this.#closers.close();
  }

  #switchOn({ root }: Disk): void {
    const said = (text: string) => this.#hear(text);
    this.#container = new Container({ name: this.#options.name, root, said });
  }

  #hear(text: string): void {
    this.console.write(text);
    const words = this.#hasFailed ? undefined : failureIn(this.console.text);
    if (words === undefined) return;
    this.#hasFailed = true;
    this.#options.failed(words);
  }
}
