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

/** How far a read lags behind the truth. The older of the two counts. */
export interface Staleness {
  /** The newest N versions are not visible. */
  versions?: number;
  /** What was written in the last N milliseconds is not visible. */
  milliseconds?: number;
}

/** What goes wrong with one call. */
export interface Fault {
  /** Answered instead of doing anything. */
  error?: AwsError;
  /** Answered although it was done. */
  lost?: AwsError;
  /** Passes before it is done. */
  delayMilliseconds?: number;
  /** For reads that may lag: GetParameter, GetParameters, DescribeExecution. */
  stale?: Staleness;
}

/** Decides about one call; undefined means that nothing goes wrong. */
export type FaultRule = (call: Call) => Fault | undefined;

/** Faults of calls that come in as a client's. Calls on the model's own classes never fail. */
export class Faults {
  /** Asked first about every call. */
  before: FaultRule | undefined;
  /** Every call, in order; set it to watch. */
  seen: ((call: Call, fault: Fault | undefined) => void) | undefined;
  /** Every call that is carried out, right before and right after. */
  acting: ((call: Call) => void) | undefined;
  acted: ((call: Call) => void) | undefined;
  readonly #rules = new Set<FaultRule>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Adds a rule; the result takes it away. */
  add(rule: FaultRule): () => void {
    this.#rules.add(rule);
    return () => this.#rules.delete(rule);
  }

  /** The next `times` calls of an operation (`*` for any) get this fault; the result takes the rule away. */
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

  /** Runs one call through the faults. */
  async around<T>(call: Call, run: (stale: Staleness | undefined) => T | Promise<T>): Promise<T> {
    const fault = this.#decide(call);
    this.seen?.(call, fault);
    if (fault?.delayMilliseconds) await this.#pass(fault.delayMilliseconds);
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
