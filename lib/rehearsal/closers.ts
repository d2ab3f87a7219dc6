import { messageOf } from '../release/errors.ts';

type Close = () => unknown;

/** What has to be ended, in the opposite order of its start. */
export class Closers {
  readonly #all: Close[] = [];
  #closing: Promise<void> | undefined;

  /** What is added after the end ends at once: an interrupted start may still be under way. */
  add(close: Close): void {
    this.#all.push(close);
    if (this.#closing) void this.#closeAll().catch(() => undefined);
  }

  /** Ends everything, also when one of them fails; throws what failed. Twice is fine. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    const problems: string[] = [];
    for (let close = this.#all.pop(); close; close = this.#all.pop()) {
      try {
        await close();
      } catch (error) {
        problems.push(messageOf(error));
      }
    }
    if (problems.length > 0) throw new Error(`not everything ended: ${problems.join('; ')}`);
  }
}
