import { blockBytes, type Header, type Longer, parseHeader, parseLonger } from './header.ts';
import { quoteName, Rejection } from './rejection.ts';

/** Gets the members of a tarball as they pass. Throws a Refusal for what it does not want. */
export interface Visitor {
  folder(name: string): void;
  link(name: string, target: string): void;
  file(name: string, size: number, isExecutable: boolean): void;
  /** Bytes of the file, in parts. */
  data(bytes: Buffer): void;
  /** The file is whole. */
  end(): void;
}

/** Names and targets longer than the kernel takes are refused before they are kept. */
const mostLongerBytes = 32 * 1024;

/**
 * Reads the tarballs that git makes, and nothing else: files, folders and symbolic links in ustar with pax extensions.
 * What is read here is what is hashed and written, so no difference between two parsers can hide a member.
 */
export class TarReader {
  readonly #visitor: Visitor;
  #head = Buffer.alloc(0);
  #longer: Longer = {};
  /** Body that is being collected: of a pax extension. */
  #extension: Buffer[] | undefined;
  /** Bytes of the member that are still to come, and the padding behind them. */
  #left = 0;
  #padding = 0;
  #isOver = false;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  add(chunk: Buffer): void {
    for (let rest = chunk; rest.length > 0; ) rest = rest.subarray(this.#take(rest));
  }

  /** Nothing comes any more. */
  finish(): void {
    if (!this.#isOver) throw new Rejection('it ends in the middle');
  }

  /** Gives how many bytes it took. */
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
