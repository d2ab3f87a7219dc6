import type { Clock } from '../../clock.ts';
import { globalSeconds, type Hook, type HookResult } from './hook.ts';

/** One instance waiting for the answer to one hook. */
export class Wait {
  readonly hook: Hook;
  readonly token: string;
  readonly #clock: Clock;
  readonly #done: (result: HookResult) => void;
  readonly #lastMoment: number;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, hook: Hook, token: string, done: (result: HookResult) => void) {
    this.hook = hook;
    this.token = token;
    this.#clock = clock;
    this.#done = done;
    this.#lastMoment = clock.now() + globalSeconds(hook) * 1000;
    this.heartbeat();
  }

  /** Begins the heartbeat time-out anew, up to the global one. */
  heartbeat(): void {
    this.#cancel();
    const silent = Math.min(this.hook.heartbeatSeconds * 1000, this.#lastMoment - this.#clock.now());
    this.#cancel = this.#clock.after(silent, () => this.#done(this.hook.defaultResult));
  }

  complete(result: HookResult): void {
    this.#cancel();
    this.#done(result);
  }

  /** Ends the wait without an answer. */
  cancel(): void {
    this.#cancel();
  }
}
