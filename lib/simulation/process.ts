/** A caller of the local AWS in a simulation: one run of a Lambda, or an instance. */
export interface Caller {
  /** Identifies it for faults and invariants. */
  name: string;
  /** Attempts of one call. */
  attempts: number;
  /** Carries out one request. A dead caller's request never happens and never answers. */
  through<T>(request: () => Promise<T>): Promise<T>;
}

/** A promise that never settles, for a dead process to wait on. */
export function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

/** A caller that lives until it is killed. */
export class Process implements Caller {
  readonly name: string;
  readonly attempts: number;
  #isDead = false;

  constructor(name: string, attempts: number) {
    this.name = name;
    this.attempts = attempts;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  die(): void {
    this.#isDead = true;
  }

  async through<T>(request: () => Promise<T>): Promise<T> {
    if (this.#isDead) return never();
    const answer = await request().finally(() => (this.#isDead ? never() : undefined));
    return answer;
  }
}
