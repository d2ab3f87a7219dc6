import { blockBytes, type Header, type Longer, parseHeader, parseLonger } from './header.ts';
import { quoteName, Rejection } from './rejection.ts';

/** Receives the members of a tarball in turn. Throws a Rejection to stop. */
export interface Visitor {
  folder(name: string): void;
  link(name: string, target: string): void;
  file(name: string, size: number, isExecutable: boolean): void;
  /** Bytes of the file, in chunks. */
  data(bytes: Buffer): void;
  /** The file is complete. */
  end(): void;
}

/** Names and targets longer than the kernel accepts are refused before they are stored. */
const mostLongerBytes = 32 * 1024;

/**
 * Reads the tarballs that git makes and no others: files, folders and symbolic links in ustar with pax extensions.
 * The same parser feeds hashing and writing, so no member can hide in a difference between two parsers.
 */
export class TarReader {
  readonly #visitor: Visitor;
  #head = Buffer.alloc(0);
  #longer: Longer = {};
  /** Body of a pax extension that is being collected. */
  #extension: Buffer[] | undefined;
  /** Remaining bytes of the member and of its padding. */
  #left = 0;
  #padding = 0;
  #isOver = false;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  add(chunk: Buffer): void {
    for (let rest = chunk; rest.length > 0; ) rest = rest.subarray(this.#take(rest));
  }

  /** No more bytes follow. */
  finish(): void {
    if (!this.#isOver) throw new Rejection('it ends in the middle');
  }

  /** Returns how many bytes it consumed. */
  #take(bytes: Buffer): number {
    if (this.#left > 0) return this.#takeBody(bytes);
    if (this.#padding === 0) return this.#takeHead(bytes);
    const taken = Math.min(this.#padding, bytes.length);
    this.#padding -= taken;
    return taken;
  }

  #takeBody(bytes: Buffer): number {
    const part = bytes.length > this.#left ? bytes.subarray(0, this.#left) : bytes;
    this.#left -= part.length;
    if (this.#extension) this.#extension.push(Buffer.from(part));
    else this.#visitor.data(part);
    if (this.#left === 0) this.#endBody();
    return part.length;
  }

  #endBody(): void {
    if (this.#extension) this.#longer = parseLonger(Buffer.concat(this.#extension));
    else this.#visitor.end();
    this.#extension = undefined;
  }

  #takeHead(bytes: Buffer): number {
    const part = bytes.subarray(0, blockBytes - this.#head.length);
    const block = this.#head.length > 0 ? Buffer.concat([this.#head, part]) : part;
    const isWhole = block.length === blockBytes;
    this.#head = isWhole ? Buffer.alloc(0) : Buffer.from(block);
    if (isWhole) this.#begin(parseHeader(block, this.#longer));
    return part.length;
  }

  #begin(header: Header | undefined): void {
    if (!header) {
      this.#isOver = true;
      return;
    }
    if (this.#isOver) throw new Rejection('it has bytes after its end');
    const hasBody = header.type === '0' || header.type === 'x';
    if (!hasBody && header.size > 0)
      throw new Rejection(`${quoteName(header.name)} has a body but is not a file`);
    this.#left = header.size;
    this.#padding = (blockBytes - (header.size % blockBytes)) % blockBytes;
    if (header.type === 'x') this.#beginExtension(header.size);
    else this.#beginMember(header);
  }

  #beginExtension(size: number): void {
    if (size === 0 || size > mostLongerBytes) throw new Rejection(`it has names of ${size} bytes`);
    this.#extension = [];
  }

  #beginMember({ name, type, mode, size, target }: Header): void {
    this.#longer = {};
    if (type === '5') this.#visitor.folder(name.replace(/\/$/, ''));
    else if (type === '2') this.#visitor.link(name, target);
    else if (type === '0') this.#visitor.file(name, size, (mode & 0o100) !== 0);
    else throw new Rejection(`${quoteName(name)} is neither file, folder nor symbolic link`);
    if (type === '0' && size === 0) this.#visitor.end();
  }
}
