import type { Clock } from '../clock.ts';
import type { AwsError } from './error.ts';

/** One call as it comes in. */
export interface Call {
  /** Signing name: `ssm`, `s3`, `autoscaling`, ... */
  service: string;
  /** `GetParameter` */
  operation: string;
  input: Readonly<Record<string, unknown>>;
  /** Session token of temporary credentials, else the access key id; undefined when nothing is signed. */
  caller?: string | undefined;
}

/** Lag of an eventually consistent read. The older of the two counts. */
export interface Staleness {
  /** The newest N versions are not visible. */
  versions?: number;
  /** What was written in the last N milliseconds is not visible. */
  milliseconds?: number;
}

/** A fault of one call. */
export interface Fault {
  /** Error that is returned; nothing is done. */
  error?: AwsError;
  /** Error that is returned although the call was carried out. */
  lost?: AwsError;
  /** Delay before the call is carried out. */
  delayMilliseconds?: number;
  /** For reads that may lag: GetParameter, GetParameters, DescribeExecution, DescribeRules. */
  stale?: Staleness;
}

/** Chooses the fault of a call; undefined: none. */
export type FaultRule = (call: Call) => Fault | undefined;

/** Faults of clients' calls. Direct calls of the model's classes never fail. */
export class Faults {
  /** Time that every call takes before it is carried out. Milliseconds. */
  latency = 0;
  /** Rule that is asked before all others. */
  before: FaultRule | undefined;
  /** Called with every call, in order. */
  seen: ((call: Call, fault: Fault | undefined) => void) | undefined;
  /** Called right before and right after each call that is carried out. */
  acting: ((call: Call) => void) | undefined;
  acted: ((call: Call) => void) | undefined;
  readonly #rules = new Set<FaultRule>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Adds a rule; the returned function removes it. */
  add(rule: FaultRule): () => void {
    this.#rules.add(rule);
    return () => this.#rules.delete(rule);
  }

  /** Gives a fault to the next `times` calls of an operation (`*`: any); the returned function removes the rule. */
  next(service: string, operation: string, fault: Fault, times = 1): () => void {
    let left = times;
    const remove = this.add((call) => {
      if (call.service !== service || (operation !== '*' && operation !== call.operation)) return undefined;
      left -= 1;
      if (left <= 0) remove();
      return fault;
    });
    return remove;
  }

  /** Runs a call with its faults. */
  async around<T>(call: Call, run: (stale: Staleness | undefined) => T | Promise<T>): Promise<T> {
    const fault = this.#decide(call);
    this.seen?.(call, fault);
    const delay = this.latency + (fault?.delayMilliseconds ?? 0);
    if (delay > 0) await this.#pass(delay);
    if (fault?.error) throw fault.error;
    this.acting?.(call);
    const output = await run(fault?.stale);
    this.acted?.(call);
    if (fault?.lost) throw fault.lost;
    return output;
  }

  #decide(call: Call): Fault | undefined {
    const first = this.before?.(call);
    if (first) return first;
    for (const rule of this.#rules) {
      const fault = rule(call);
      if (fault) return fault;
    }
    return undefined;
  }

  #pass(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.after(milliseconds, resolve);
    });
  }
}
