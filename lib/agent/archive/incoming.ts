import type { Readable } from 'node:stream';
import type { ObjectStream } from '../../aws/objects.ts';

/** An object that is being downloaded. The store's client breaks a silent connection off. */
export class Incoming {
  readonly body: Readable;
  readonly #size: number;
  #received = 0;
  #problem: string | undefined;

  constructor({ body, size }: ObjectStream) {
    this.body = body;
    this.#size = size;
    body.on('data', (chunk: Buffer) => {
      this.#received += chunk.length;
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
    this.body.destroy();
  }
}
