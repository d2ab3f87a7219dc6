import type { Step } from '../rollout/contract.ts';
import type { Invocation } from './invocation.ts';

type Kind = 'begins' | 'done';

interface Waiting {
  kind: Kind;
  step: Step;
  execution: string;
  go: () => void;
}

/** The runs of functions: callers by name, and the steps that stories wait for. */
export class Runs {
  #failures = 0;
  readonly #byCaller = new Map<string, Invocation>();
  readonly #waiting = new Set<Waiting>();
  readonly #onEnd: (invocation: Invocation, result: unknown) => void;

  /** `onEnd` receives the result or error of every run. */
  constructor(onEnd: (invocation: Invocation, result: unknown) => void) {
    this.#onEnd = onEnd;
  }

  /** Number of runs that ended with an error. */
  get failures(): number {
    return this.#failures;
  }

  /** A run by the name of its process, even after its end: it may still write. */
  find(caller: string | undefined): Invocation | undefined {
    return this.#byCaller.get(caller ?? '');
  }

  /** The next time that a step of an execution begins, or is done. */
  next(kind: Kind, step: Step, execution: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add({ kind, step, execution, go: resolve });
    });
  }

  noteBegin(invocation: Invocation): void {
    this.#byCaller.set(invocation.process.name, invocation);
    this.#wake('begins', invocation);
  }

  noteEnd(invocation: Invocation, result: unknown): void {
    this.#onEnd(invocation, result);
    if (result instanceof Error) this.#failures += 1;
    const { outcome = 'ready' } = (result ?? {}) as { outcome?: string };
    if (outcome === 'ready' && !(result instanceof Error)) this.#wake('done', invocation);
  }

  #wake(kind: Kind, { step, execution }: Invocation): void {
    for (const waiting of [...this.#waiting]) {
      if (waiting.kind !== kind || waiting.step !== step || waiting.execution !== execution) continue;
      this.#waiting.delete(waiting);
      waiting.go();
    }
  }
}
