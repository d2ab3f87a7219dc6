import type { Clock } from '../clock.ts';

/** A clock whose pending timers can all be cancelled at once. */
export class ScopedClock implements Clock {
  readonly #clock: Clock;
  readonly #cancels = new Set<() => void>();
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  after(milliseconds: number, then: () => void): () => void {
    if (this.#closed) return () => undefined;
    const cancel = this.#clock.after(milliseconds, () => {
      this.#cancels.delete(stop);
      then();
    });
    const stop = () => {
      this.#cancels.delete(stop);
      cancel();
    };
    this.#cancels.add(stop);
    return stop;
  }

  /** Cancels what is pending and takes nothing new. */
  close(): void {
    this.#closed = true;
    for (const stop of [...this.#cancels]) stop();
  }
}
