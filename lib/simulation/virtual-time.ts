import { syncBuiltinESMExports } from 'node:module';
import { install } from '@sinonjs/fake-timers';
import { seededRandom } from './random.ts';
import { tick } from './tick.ts';
import { VirtualClock } from './virtual-clock.ts';

/**
 * Time of one simulation. As long as it is installed, `setTimeout`, `Date`, `performance` and `Math.random` of the
 * whole process are its own: the state machine interpreter and the adapters wait in virtual time without knowing.
 * Time passes only in `advance` and `until`, from one timer to the next; the same seed gives the same course.
 */
export class VirtualTime extends VirtualClock {
  readonly start: number;
  readonly #random = Math.random;
  readonly #date = Date;
  readonly #restoreTimers: () => void;

  /** `settled` lets everything run that can run without time passing. */
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

  /** Gives the process its own time back; what still waits never happens. */
  uninstall(): void {
    this.#restoreTimers();
    globalThis.Date = this.#date;
    Math.random = this.#random;
    syncBuiltinESMExports();
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
