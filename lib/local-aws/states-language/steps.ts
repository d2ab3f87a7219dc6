import { otherSteps, rolloutSteps, ruleWait, settleSteps } from '../../rollout/contract.ts';
import type { StateEvent } from './interpreter.ts';

/** A step of a deployment and how long it took, its waiting included. */
export interface TimedStep {
  name: string;
  seconds: number;
}

const names: ReadonlySet<string> = new Set([...rolloutSteps, ...settleSteps, ...otherSteps, ruleWait]);

/** Sums up the states of an execution: each belongs to the step that was entered last. */
export class StepClock {
  readonly #milliseconds = new Map<string, number>();
  #current: { name: string; since: number } | undefined;

  /** Returns the step's name when it is entered for the first time. */
  see({ type, state, at }: StateEvent): string | undefined {
    if (type !== 'entered' || !names.has(state)) return undefined;
    const isNew = !this.#milliseconds.has(state);
    this.end(at);
    this.#milliseconds.set(state, this.#milliseconds.get(state) ?? 0);
    this.#current = { name: state, since: at };
    return isNew ? state : undefined;
  }

  /** The execution ended. */
  end(at: number): void {
    if (!this.#current) return;
    const { name, since } = this.#current;
    this.#milliseconds.set(name, (this.#milliseconds.get(name) ?? 0) + at - since);
    this.#current = undefined;
  }

  /** Steps in the order in which they were entered first. */
  get steps(): TimedStep[] {
    return [...this.#milliseconds].map(([name, milliseconds]) => ({
      name,
      seconds: Math.round(milliseconds) / 1000,
    }));
  }
}
