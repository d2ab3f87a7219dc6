/** Events of a simulation, one line each. */
export class Story {
  readonly #lines: string[] = [];
  readonly #now: () => number;
  readonly #start: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#start = now();
  }

  /** Adds a line with the time since the start. */
  tell(line: string): void {
    this.#lines.push(`${this.seconds(this.#now())}  ${line}`);
  }

  /** Seconds since the start, as in `  12.3`. */
  seconds(at: number): string {
    return ((at - this.#start) / 1000).toFixed(1).padStart(7);
  }

  toString(): string {
    return this.#lines.join('\n');
  }
}
