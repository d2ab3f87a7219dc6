import type { Clock } from './clock.ts';

/** The wall clock. Timers of a world that was closed are cancelled by the world. */
export const realClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, then) {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  },
};
