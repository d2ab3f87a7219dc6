import { execFileSync } from 'node:child_process';
import { mkdirSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { skipNote } from '../suite/programs.ts';

/** Why there are no small disks here, as a skipped test says it in its name; undefined when there are. */
export const noDisks =
  process.platform !== 'linux' || process.getuid?.() !== 0
    ? skipNote('root on Linux, to mount a file system')
    : undefined;

/** A memory file system of a stated size, mounted on a folder. */
export class SmallDisk {
  readonly path: string;

  constructor(path: string, options: string) {
    this.path = path;
    mkdirSync(path, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]);
  }

  /** `size=4m`, `nr_inodes=20`, `ro`, `rw` */
  remount(options: string): void {
    execFileSync('mount', ['-o', `remount,${options}`, this.path]);
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.path);
    return bavail * bsize;
  }

  /** Leaves so many bytes free. */
  fillUpTo(bytes: number): void {
    writeFileSync(join(this.path, 'ballast'), Buffer.alloc(Math.max(0, this.freeBytes - bytes), 'x'));
  }

  unmount(): void {
    execFileSync('umount', ['--lazy', this.path]);
  }
}
