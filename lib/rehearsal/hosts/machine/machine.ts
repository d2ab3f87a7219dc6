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
  /** Unique in this process, at most 12 characters: of its network namespace, its link and its control group. */
  name: string;
  address: string;
  /** Folder for this machine alone. */
  folder: string;
  /** Size of what it can write. */
  diskMegabytes: number;
  /** Of the local AWS. */
  endpoint: string;
  /** Its user-data failed; `words` are the last it wrote. */
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

  /** Whether it runs. */
  get isOn(): boolean {
    return this.#container?.isRunning ?? false;
  }

  /** Switches it on. `layers`: what its disk is made of, the root file system first. */
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

  /** Boots it again, as it says itself: its disk stays. */
  async reboot(): Promise<void> {
    await this.run('systemctl --no-block reboot');
    await this.#container?.ended;
    if (this.#disk) this.#switchOn(this.#disk);
  }

  /** Switches it off; its disk and its link stay. */
  async halt(): Promise<void> {
    await this.#container?.end();
    this.#container = undefined;
  }

  /** Switches it on again after it was halted. */
  async resume(): Promise<void> {
    if (!this.#disk) throw new Error(`machine ${this.#options.name} was never started`);
    this.#switchOn(this.#disk);
  }

  /** Runs a shell line on it, as root. Never throws for what the line does. */
  async run(line: string, seconds = 60): Promise<ShellResult> {
    const leader = this.#container?.leader;
    if (leader === undefined) throw new Error(`machine ${this.#options.name} is not running`);
    return await runIn(leader, line, seconds);
  }

  /** Halts it, and keeps what it changed as a layer for others in `folder`. */
  async keep(folder: string): Promise<void> {
    await this.halt();
    await this.#disk?.keep(folder);
  }

  /** Halts it; nothing of it is left, also when it was not switched on completely. */
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
