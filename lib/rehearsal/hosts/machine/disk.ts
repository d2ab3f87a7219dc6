import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.ts';

export interface DiskOptions {
  /** Folder for this machine alone. */
  folder: string;
  /** Read-only folders: the root file system, then the layers over it. */
  layers: readonly string[];
  /** Size of the writable layer. */
  megabytes: number;
}

/** The root of a machine: layers under a memory file system for its writes. */
export class Disk {
  /** The machine's root. */
  readonly root: string;
  /** The machine's writes. */
  readonly changes: string;
  readonly #options: DiskOptions;
  readonly #mounted: string[] = [];

  constructor(options: DiskOptions) {
    this.#options = options;
    this.root = join(options.folder, 'root');
    this.changes = join(options.folder, 'written/changes');
  }

  async mount(): Promise<void> {
    const { folder, layers, megabytes } = this.#options;
    const written = join(folder, 'written');
    const work = join(written, 'work');
    for (const each of [this.root, written]) mkdirSync(each, { recursive: true });
    await command('mount', '-t', 'tmpfs', '-o', `mode=755,size=${megabytes}m`, 'tmpfs', written);
    this.#mounted.push(written);
    for (const each of [this.changes, work]) mkdirSync(each);
    const lower = [...layers].reverse().join(':');
    const options = `lowerdir=${lower},upperdir=${this.changes},workdir=${work}`;
    await command('mount', '-t', 'overlay', 'overlay', '-o', options, this.root);
    this.#mounted.push(this.root);
  }

  /** Keeps the machine's writes in `folder`, as a layer for others. Only after it has halted. */
  async keep(folder: string): Promise<void> {
    mkdirSync(folder, { recursive: true });
    await command('cp', '--archive', '--no-target-directory', this.changes, folder);
  }

  /** Works for a partly mounted disk too. */
  async unmount(): Promise<void> {
    for (const mounted of this.#mounted.splice(0).reverse()) await command('umount', mounted);
    rmSync(this.#options.folder, { recursive: true });
  }
}
