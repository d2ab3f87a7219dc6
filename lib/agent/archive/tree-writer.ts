import { closeSync, fstatSync, lstatSync, mkdirSync, openSync, symlinkSync, writeSync } from 'node:fs';
import type { Mode } from './git-objects.ts';
import { IndexFile } from './index-file.ts';

/**
 * Writes the files of a tree that passes. It makes every folder itself, in a folder that is empty at the beginning, and
 * its caller refuses names below anything else: so nothing is ever written through a link.
 */
export class TreeWriter {
  /** Of what was written. */
  readonly index = new IndexFile();
  readonly #root: string;
  #open: { descriptor: number; path: string; mode: Mode } | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  folder(path: string): void {
    mkdirSync(this.#at(path));
  }

  link(path: string, target: string, id: string): void {
    symlinkSync(Buffer.from(target, 'latin1'), this.#at(path));
    this.index.add(path, '120000', id, lstatSync(this.#at(path), { bigint: true }));
  }

  begin(path: string, mode: Mode): void {
    const permissions = mode === '100755' ? 0o777 : 0o666;
    this.#open = { descriptor: openSync(this.#at(path), 'wx', permissions), path, mode };
  }

  data(bytes: Buffer): void {
    if (!this.#open) return;
    const { descriptor } = this.#open;
    for (let from = 0; from < bytes.length; ) from += writeSync(descriptor, bytes, from);
  }

  end(id: string): void {
    if (!this.#open) return;
    const { descriptor, path, mode } = this.#open;
    this.index.add(path, mode, id, fstatSync(descriptor, { bigint: true }));
    this.close();
  }

  /** Lets go of a file that does not become whole. */
  close(): void {
    if (this.#open) closeSync(this.#open.descriptor);
    this.#open = undefined;
  }

  #at(path: string): string | Buffer {
    const full = `${this.#root}/`;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII
    if (/^[\x01-\x7f]*$/.test(path)) return full + path;
    return Buffer.concat([Buffer.from(full), Buffer.from(path, 'latin1')]);
  }
}
