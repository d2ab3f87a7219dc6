import type { Clock } from '../clock.ts';

/** A bucket of tokens that fills at a steady rate and holds one second's worth. */
export class RateLimit {
  readonly #perSecond: number;
  readonly #clock: Clock;
  #tokens: number;
  #filledAt: number;

  constructor(perSecond: number, clock: Clock) {
    this.#perSecond = perSecond;
    this.#clock = clock;
    this.#tokens = perSecond;
    this.#filledAt = clock.now();
  }

  /** Takes one token; false when there is none. */
  take(): boolean {
    const now = this.#clock.now();
    const gained = ((now - this.#filledAt) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#perSecond, this.#tokens + gained);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
