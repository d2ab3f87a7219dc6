import { syncBuiltinESMExports } from 'node:module';
import { type Clock as FakeClock, install } from '@sinonjs/fake-timers';
import type { Clock } from '../local-aws/clock.ts';
import { seededRandom } from './random.ts';
import { turn } from './tick.ts';

const longest = 24 * 3_600_000;

/**
 * Time of one simulation. As long as it is installed, `setTimeout`, `Date`, `performance` and `Math.random` of the
 * whole process are its own: the state machine interpreter and the adapters wait in virtual time without knowing.
 * Time passes only in `advance` and `until`, from one timer to the next; the same seed gives the same course.
 */
export class VirtualTime implements Clock {
  /** Called after each timer that fired, once all that it set going has run. */
  happened: (() => void) | undefined;
  readonly start: number;
  readonly #fake: FakeClock;
  readonly #random = Math.random;
  readonly #date = Date;
  readonly #settled: () => Promise<void>;

  /** `settled` lets everything run that can run without time passing. */
  constructor(seed: number, settled: () => Promise<void> = turn) {
    this.start = Date.UTC(2026, 0, 1);
    this.#settled = settled;
    this.#fake = install({ now: this.start, toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    globalThis.Date = dateOf(() => this.#fake.now);
    Math.random = seededRandom(seed);
    syncBuiltinESMExports();
  }

  now(): number {
    return this.#fake.now;
  }

  after(milliseconds: number, then: () => void): () => void {
    const timer = this.#fake.setTimeout(then, milliseconds);
    return () => this.#fake.clearTimeout(timer);
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
      if (this.#fake.countTimers() === 0)
        throw new Error('virtual time stands still: nothing is left to happen');
      if (this.now() > end) throw new Error(`not settled within ${limit} ms of virtual time`);
      await this.#step();
    }
    return promise;
  }

  /** Gives the process its own time back; what still waits never happens. */
  uninstall(): void {
    this.#fake.uninstall();
    globalThis.Date = this.#date;
    Math.random = this.#random;
    syncBuiltinESMExports();
  }

  async #step(): Promise<void> {
    this.#fake.next();
    await this.#settled();
    this.happened?.();
  }
}

/** A Date that knows no other time. The one of fake-timers costs three times as much, and answers are full of dates. */
function dateOf(now: () => number): DateConstructor {
  const Real = Date;
  const Own = class extends Real {
    constructor(...given: [number | string | Date] | []) {
      super(...((given.length === 0 ? [now()] : given) as [number]));
    }

    static override now(): number {
      return now();
    }

    static override [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof Real;
    }
  };
  return Own as DateConstructor;
}
