const magic = { frame: 0xfd2fb528, skippable: 0x184d2a50 } as const;
const dictionaryBytes = [0, 1, 2, 4] as const;
const contentSizeBytes = [0, 2, 4, 8] as const;

/** What a run of bytes is read for, and its length. */
interface Part {
  bytes: number;
  read: (head: Buffer) => Part;
}

/**
 * Counts what a stream of zstd holds in blocks with content. Skippable frames and empty blocks unpack to nothing, so an
 * archive may have any number of them without being large. Formats: RFC 8878. What is no zstd counts as nothing: the
 * decompressor complains of it.
 */
export class FrameMeter {
  #bytes = 0;
  #head = Buffer.alloc(0);
  /** Bytes that need not be looked at. */
  #skip = 0;
  #part: Part = { bytes: 4, read: (head) => this.#begin(head) };

  /** Bytes of blocks with content so far. */
  get bytes(): number {
    return this.#bytes;
  }

  add(chunk: Buffer): void {
    for (let rest = chunk; rest.length > 0; ) rest = rest.subarray(this.#take(rest));
  }

  #take(bytes: Buffer): number {
    if (this.#skip > 0) {
      const skipped = Math.min(this.#skip, bytes.length);
      this.#skip -= skipped;
      return skipped;
    }
    const part = bytes.subarray(0, this.#part.bytes - this.#head.length);
    this.#head = Buffer.concat([this.#head, part]);
    if (this.#head.length === this.#part.bytes) {
      const { read } = this.#part;
      const head = this.#head;
      this.#head = Buffer.alloc(0);
      this.#part = read(head);
    }
    return part.length;
  }

  #begin(head: Buffer): Part {
    const found = head.readUInt32LE();
    if (found === magic.frame) return { bytes: 1, read: (descriptor) => this.#frame(descriptor.readUInt8()) };
    if ((found & 0xfffffff0) >>> 0 !== magic.skippable) return this.#end();
    return {
      bytes: 4,
      read: (size) => {
        this.#skip = size.readUInt32LE();
        return { bytes: 4, read: (next) => this.#begin(next) };
      },
    };
  }

  #frame(descriptor: number): Part {
    const isSingle = (descriptor & 0x20) !== 0;
    const contentSize = contentSizeBytes[(descriptor >> 6) as 0 | 1 | 2 | 3] || (isSingle ? 1 : 0);
    this.#skip = (isSingle ? 0 : 1) + dictionaryBytes[(descriptor & 3) as 0 | 1 | 2 | 3] + contentSize;
    return this.#block((descriptor & 0x04) !== 0);
  }

  #block(hasChecksum: boolean): Part {
    return {
      bytes: 3,
      read: (head) => {
        const [header, type] = [head.readUIntLE(0, 3), (head.readUInt8() >> 1) & 3];
        const size = header >> 3;
        this.#skip = type === 1 ? 1 : size;
        if (size > 0) this.#bytes += 3 + this.#skip;
        if ((header & 1) === 0) return this.#block(hasChecksum);
        if (hasChecksum) this.#skip += 4;
        return { bytes: 4, read: (next) => this.#begin(next) };
      },
    };
  }

  #end(): Part {
    this.#skip = Number.POSITIVE_INFINITY;
    return { bytes: 1, read: () => this.#end() };
  }
}
