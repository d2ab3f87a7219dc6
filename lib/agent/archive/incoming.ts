import type { Readable } from 'node:stream';
import type { ObjectStream } from '../../aws/objects.ts';

/** Longest time without a byte. Milliseconds. */
const stallMilliseconds = 20_000;

/** An object that is being downloaded, with a watch on its progress. */
export class Incoming {
  readonly body: Readable;
  readonly #size: number;
  readonly #stall: NodeJS.Timeout;
  #received = 0;
  #problem: string | undefined;

  constructor({ body, size }: ObjectStream, stall = stallMilliseconds) {
    this.body = body;
    this.#size = size;
    this.#stall = setTimeout(
      () => body.destroy(new Error(`no bytes arrived for ${stall / 1000} seconds`)),
      stall,
    );
    body.on('data', (chunk: Buffer) => {
      this.#received += chunk.length;
      this.#stall.refresh();
    });
    body.on('error', (error) => {
      this.#problem = error.message;
    });
    // The reader decides when it flows.
    body.pause();
  }

  /** Why the object is incomplete; undefined: it is complete. */
  get problem(): string | undefined {
    if (this.#received >= this.#size) return undefined;
    return this.#problem ?? `only ${this.#received} of ${this.#size} bytes arrived`;
  }

  /** Stops the download. */
  end(): void {
    clearTimeout(this.#stall);
    this.body.destroy();
  }
}
