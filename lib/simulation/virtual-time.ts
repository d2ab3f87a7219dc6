import { syncBuiltinESMExports } from 'node:module';
import { install } from '@sinonjs/fake-timers';
import { seededRandom } from './random.ts';
import { tick } from './tick.ts';
import { VirtualClock } from './virtual-clock.ts';

/**
 * Time of one simulation. While it is installed, it provides `setTimeout`, `Date`, `performance` and `Math.random` of
 * the whole process: the state machine interpreter and the adapters wait in virtual time without knowing. Time passes
 * only in `advance` and `until`, from one timer to the next; the same seed gives the same run.
 */
export class VirtualTime extends VirtualClock {
  readonly start: number;
  readonly #random = Math.random;
  readonly #date = Date;
  readonly #restoreTimers: () => void;

  /** `settled` runs everything that can run without time passing. */
  constructor(seed: number, settled: () => Promise<void> = tick) {
    const start = Date.UTC(2026, 0, 1);
    const fake = install({ now: start, toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    super(start, settled, fake);
    this.start = start;
    this.#restoreTimers = () => fake.uninstall();
    globalThis.Date = dateOf(() => this.now());
    Math.random = seededRandom(seed);
    syncBuiltinESMExports();
  }

  /** Restores the process's time. Pending timers never fire. */
  uninstall(): void {
    this.#restoreTimers();
    globalThis.Date = this.#date;
    Math.random = this.#random;
    syncBuiltinESMExports();
  }
}

/** A Date with virtual time only. The one of fake-timers costs three times as much, and answers are full of dates. */
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
