import type { Step } from '../../rollout/contract.ts';
import type { Invocation } from './invocation.ts';

type Kind = 'begins' | 'done';

interface Waiting {
  kind: Kind;
  step: Step;
  execution: string;
  then: () => void;
}

/** Lets stories wait for what the steps of an execution do. */
export class Moments {
  readonly #waiting = new Set<Waiting>();

  /** The next time that a step of an execution begins, or is done. */
  next(kind: Kind, step: Step, execution: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add({ kind, step, execution, then: resolve });
    });
  }

  began(invocation: Invocation): void {
    this.#tell('begins', invocation);
  }

  ended(invocation: Invocation, result: unknown): void {
    const { outcome = 'ready' } = (result ?? {}) as { outcome?: string };
    if (outcome === 'ready' && !(result instanceof Error)) this.#tell('done', invocation);
  }

  #tell(kind: Kind, { step, execution }: Invocation): void {
    for (const waiting of [...this.#waiting]) {
      if (waiting.kind !== kind || waiting.step !== step || waiting.execution !== execution) continue;
      this.#waiting.delete(waiting);
      waiting.then();
    }
  }
}
