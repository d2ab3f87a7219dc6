import { Agent } from 'node:http';
import { type Outcome, request } from './request.ts';

export interface LoadOptions {
  url: string;
  /** Requests a second. */
  rate: number;
  /** Number of kept connections, used in turn. */
  connections: number;
  /** Time limit of an answer. Milliseconds. */
  timeout: number;
  /** Why a body with status 200 is wrong, or undefined. Default: every body is right. */
  wrongBody?: (body: string) => string | undefined;
  /**
   * The answer of a service that was never deployed. Nodes of the load balancer that learn of the first deployment late
   * give it for this long after the first 200: those are left out. Default: none is.
   */
  early?: { body: string; milliseconds: number };
}

export interface Counts {
  total: number;
  failed: number;
}

/** Number of different failures that are counted apart. */
const mostKinds = 20;
const tickMilliseconds = 5;

/**
 * Constant load from one client: a fixed rate, whether answers come or not. It counts from the first 200 on, because
 * nothing is deployed before.
 */
export class Load {
  readonly #options: LoadOptions;
  readonly #agent: Agent;
  readonly #pending = new Set<Promise<void>>();
  readonly #kinds = new Map<string, number>();
  #counts: Counts = { total: 0, failed: 0 };
  /** Moment of the first 200. */
  #begun: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sent = 0;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#agent = new Agent({ keepAlive: true, maxSockets: options.connections, scheduling: 'fifo' });
  }

  start(): void {
    const startedAt = performance.now();
    this.#timer = setInterval(() => {
      const due = ((performance.now() - startedAt) / 1000) * this.#options.rate;
      while (this.#sent < due) this.#send();
    }, tickMilliseconds);
  }

  /** Answers since the first 200. */
  get counts(): Counts {
    return { ...this.#counts };
  }

  /** Failures in words, with their counts. */
  get failures(): string[] {
    return [...this.#kinds].map(([kind, times]) => `${times} x ${kind}`);
  }

  /** Stops, waits for outstanding answers, and closes the connections. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#pending);
    this.#agent.destroy();
  }

  /** Stops at once. Outstanding requests fail and are not counted. */
  abort(): void {
    clearInterval(this.#timer);
    this.#agent.destroy();
  }

  #send(): void {
    this.#sent += 1;
    const { url, timeout } = this.#options;
    const answered = request(url, this.#agent, timeout).then((outcome) => {
      this.#count(outcome);
      this.#pending.delete(answered);
    });
    this.#pending.add(answered);
  }

  #count(outcome: Outcome): void {
    if (outcome.status === 200) this.#begun ??= performance.now();
    if (this.#begun === undefined || this.#isEarly(outcome, performance.now() - this.#begun)) return;
    this.#counts.total += 1;
    const failure = this.#failureOf(outcome);
    if (failure === undefined) return;
    this.#counts.failed += 1;
    if (this.#kinds.has(failure) || this.#kinds.size < mostKinds) {
      this.#kinds.set(failure, (this.#kinds.get(failure) ?? 0) + 1);
    }
  }

  #isEarly({ body }: Outcome, milliseconds: number): boolean {
    const { early } = this.#options;
    return early !== undefined && body === early.body && milliseconds < early.milliseconds;
  }

  #failureOf({ status, body, problem }: Outcome): string | undefined {
    if (status === undefined) return problem ?? 'no answer';
    if (status >= 500) return `status ${status}: ${body.slice(0, 80).trim()}`;
    return status === 200 ? this.#options.wrongBody?.(body) : undefined;
  }
}

/** The difference between two readings. */
export function countsBetween(before: Counts, after: Counts): Counts {
  return { total: after.total - before.total, failed: after.failed - before.failed };
}
