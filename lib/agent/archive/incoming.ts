import type { Readable } from 'node:stream';
import type { ObjectStream } from '../../aws/objects.ts';

/** Longest that nothing may come. Milliseconds. */
const stallMilliseconds = 20_000;

/** An object on its way in, watched. */
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
    // Whoever reads it decides when it flows.
    body.pause();
  }

  /** Why not all of it came; undefined: it is all here. */
  get problem(): string | undefined {
    if (this.#received >= this.#size) return undefined;
    return this.#problem ?? `only ${this.#received} of ${this.#size} bytes arrived`;
  }

  /** Lets go of it. */
  end(): void {
    clearTimeout(this.#stall);
    this.body.destroy();
  }
}
