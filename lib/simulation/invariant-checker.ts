import type { Call } from '../local-aws/model/faults.ts';
import type { Invariant, InvariantOf, Scene } from './invariants/invariant.ts';

/** A violated invariant. */
export interface Violation {
  invariant: string;
  /** Milliseconds since the epoch. */
  at: number;
  what: string;
}

const reading = /^(Get|Describe|List|Head)/;

/** Whether a call may change something. */
export function changes({ operation }: Call): boolean {
  return !reading.test(operation);
}

/** Checks the invariants against everything that happens, and reports each violation once. */
export class InvariantChecker {
  readonly violations: Violation[] = [];
  readonly #scene: Scene;
  readonly #invariants: readonly Invariant[];
  readonly #told: (violation: Violation) => void;
  #isDirty = true;

  constructor(scene: Scene, invariants: readonly InvariantOf[], told: (violation: Violation) => void) {
    this.#scene = scene;
    this.#invariants = invariants.map((make) => make(scene));
    this.#told = told;
    const { faults, elb } = scene.world;
    faults.acting = (call) => this.#acting(call);
    faults.acted = (call) => {
      if (changes(call)) this.look();
    };
    elb.targets.listeners.add(() => this.touch());
  }

  /** Notes a change, so that the next look is worthwhile. */
  touch(): void {
    this.#isDirty = true;
  }

  /** Looks if something changed since the last look. */
  glance(): void {
    if (this.#isDirty) this.look();
  }

  look(): void {
    this.#isDirty = false;
    for (const invariant of this.#invariants) this.#note(invariant, invariant.look?.());
  }

  /** Checks what must hold when nothing is left to happen. */
  rest(): void {
    this.look();
    for (const invariant of this.#invariants) this.#note(invariant, invariant.rest?.());
  }

  #acting(call: Call): void {
    if (!changes(call)) return;
    const invocation = this.#scene.invocation(call.caller);
    if (!invocation) return;
    for (const invariant of this.#invariants) this.#note(invariant, invariant.acting?.(call, invocation));
  }

  #note({ name }: Invariant, what: string | undefined): void {
    if (what === undefined || this.violations.some(({ invariant }) => invariant === name)) return;
    const violation = { invariant: name, at: this.#scene.world.clock.now(), what };
    this.violations.push(violation);
    this.#told(violation);
  }
}
