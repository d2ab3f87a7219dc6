import type { Clock } from '../../clock.ts';
import type { Rule } from './rule.ts';

/** Nodes of each load balancer: enough for two to differ. */
const nodeCount = 2;

/** Rules of a listener as they were at one moment, in order. */
export type RulesView = readonly Rule[];

/**
 * Nodes of the load balancers. A node goes by the rules that it knows: each learns of a change on its own, after a
 * random lag, and never goes back to an older one.
 */
export class Nodes {
  readonly #known = Array.from(
    { length: nodeCount },
    () => new Map<string, { view: RulesView; at: number }>(),
  );
  readonly #clock: Clock;
  /** The longest lag. Milliseconds. */
  readonly #longest: number;
  #changes = 0;

  constructor(clock: Clock, longest: number) {
    this.#clock = clock;
    this.#longest = longest;
  }

  /** Tells the nodes of a listener's present rules. */
  tell(listener: string, rules: RulesView): void {
    const view = rules.map((rule) => ({ ...rule }));
    const at = ++this.#changes;
    for (const known of this.#known) {
      const learn = () => {
        if ((known.get(listener)?.at ?? 0) < at) known.set(listener, { view, at });
      };
      if (this.#longest === 0) learn();
      else this.#clock.after(Math.random() * this.#longest, learn);
    }
  }

  /** The different rules that nodes go by at present. */
  views(listener: string): RulesView[] {
    return [...new Set(this.#known.map((known) => known.get(listener)?.view ?? none))];
  }
}

const none: RulesView = [];
