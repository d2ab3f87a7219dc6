import { createClock, type Clock as FakeClock } from '@sinonjs/fake-timers';
import type { Clock } from '../local-aws/clock.ts';
import { tick } from './tick.ts';

const longest = 24 * 3_600_000;

/** Time that passes only in `advance` and `until`, from one timer to the next: an idle hour costs nothing. */
export class VirtualClock implements Clock {
  /** Called after each timer, once everything it triggered has run. */
  happened: (() => void) | undefined;
  protected readonly fake: Pick<
    FakeClock,
    'now' | 'setTimeout' | 'clearTimeout' | 'next' | 'tick' | 'countTimers'
  >;
  readonly #settled: () => Promise<void>;

  /** `settled` runs everything that can run without time passing. */
  constructor(
    start: number = Date.UTC(2026, 0, 1),
    settled: () => Promise<void> = tick,
    fake: VirtualClock['fake'] = createClock(start),
  ) {
    this.fake = fake;
    this.#settled = settled;
  }

  now(): number {
    return this.fake.now;
  }

  after(milliseconds: number, then: () => void): () => void {
    const timer = this.fake.setTimeout(then, milliseconds);
    return () => this.fake.clearTimeout(timer);
  }

  /** Number of pending timers; 0: nothing will ever happen again. */
  get pending(): number {
    return this.fake.countTimers();
  }

  /** A promise of a later time. */
  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(milliseconds, resolve);
    });
  }

  /** Lets `milliseconds` pass. */
  async advance(milliseconds: number): Promise<void> {
    await this.until(this.sleep(milliseconds), milliseconds);
  }

  /** Lets time pass until `promise` settles, at most `limit` milliseconds. */
  async until<T>(promise: Promise<T>, limit: number = longest): Promise<T> {
    let settled = false;
    const done = () => {
      settled = true;
    };
    promise.then(done, done);
    const end = this.now() + limit;
    await this.#settled();
    while (!settled) {
      if (this.now() > end) throw new Error(`not settled within ${limit} ms of virtual time`);
      if (this.pending === 0) throw new Error('virtual time stands still: nothing is left to happen');
      await this.#step();
    }
    return promise;
  }

  async #step(): Promise<void> {
    this.fake.next();
    await this.#settled();
    this.happened?.();
  }
}
