import { closeSync, mkdirSync, openSync, symlinkSync, writeSync } from 'node:fs';
import type { Mode } from './git-objects.ts';

/**
 * Writes the files of a tree as they stream in. It creates every folder itself, below a folder that starts empty, and
 * its caller refuses names below anything else, so nothing is ever written through a link.
 */
export class TreeWriter {
  readonly #root: string;
  #open: number | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  folder(path: string): void {
    mkdirSync(this.#at(path));
  }

  link(path: string, target: string): void {
    symlinkSync(Buffer.from(target, 'latin1'), this.#at(path));
  }

  begin(path: string, mode: Mode): void {
    const permissions = mode === '100755' ? 0o777 : 0o666;
    this.#open = openSync(this.#at(path), 'wx', permissions);
  }

  data(bytes: Buffer): void {
    if (this.#open === undefined) return;
    for (let from = 0; from < bytes.length; ) from += writeSync(this.#open, bytes, from);
  }

  /** The file is complete, or will never be. */
  close(): void {
    if (this.#open !== undefined) closeSync(this.#open);
    this.#open = undefined;
  }

  #at(path: string): string | Buffer {
    const full = `${this.#root}/`;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII
    if (/^[\x01-\x7f]*$/.test(path)) return full + path;
    return Buffer.concat([Buffer.from(full), Buffer.from(path, 'latin1')]);
  }
}
