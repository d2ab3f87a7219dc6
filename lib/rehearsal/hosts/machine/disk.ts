import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.ts';

export interface DiskOptions {
  /** Folder for this machine alone. */
  folder: string;
  /** Read-only folders: the root file system, then what lies over it. */
  layers: readonly string[];
  /** Size of what the machine can write. */
  megabytes: number;
}

/** The root of a machine: layers, and over them a memory file system for what it writes. */
export class Disk {
  /** What the machine sees as its root. */
  readonly root: string;
  /** What the machine changed. */
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

  /** Keeps what the machine changed as a layer for others, in `folder`. Only when it runs no more. */
  async keep(folder: string): Promise<void> {
    mkdirSync(folder, { recursive: true });
    await command('cp', '--archive', '--no-target-directory', this.changes, folder);
  }

  /** Also when it was not mounted completely. */
  async unmount(): Promise<void> {
    for (const mounted of this.#mounted.splice(0).reverse()) await command('umount', mounted);
    rmSync(this.#options.folder, { recursive: true });
  }
}
