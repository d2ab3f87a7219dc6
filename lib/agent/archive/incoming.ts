import type { ObjectStream } from '../../aws/objects.ts';
import { messageOf } from '../../release/errors.ts';
import { collector } from '../collect.ts';

/** Longest that nothing may come. Milliseconds. */
const stallMilliseconds = 20_000;

/** An object on its way in. */
export class Incoming {
  readonly #object: ObjectStream;
  #received = 0;
  #problem: string | undefined;

  constructor(object: ObjectStream) {
    this.#object = object;
  }

  /** Why not all of it came; undefined: it is all here. */
  get problem(): string | undefined {
    if (this.#received >= this.#object.size) return undefined;
    return this.#problem ?? `${this.#received} of ${this.#object.size} bytes came`;
  }

  /** Its bytes; they end early when the connection breaks or nothing comes any more. */
  async *chunks(): AsyncGenerator<Buffer> {
    const { body } = this.#object;
    const passed = collector();
    const stalled = new Error(`nothing came for ${stallMilliseconds / 1000} seconds`);
    const timer = setTimeout(() => body.destroy(stalled), stallMilliseconds);
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        timer.refresh();
        this.#received += chunk.length;
        yield chunk;
        passed(chunk.length);
      }
    } catch (error) {
      this.#problem = messageOf(error);
    } finally {
      clearTimeout(timer);
      body.destroy();
    }
  }
}
