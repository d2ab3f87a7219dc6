/** Output of the timeline. A terminal shows a changing line. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Lines with the seconds since the start, and on a terminal one changing line with the present state. */
export class Timeline {
  readonly #screen: Screen;
  readonly #startedAt: number;
  readonly #now: () => number;
  #status = '';

  constructor(screen: Screen, now: () => number = Date.now) {
    this.#screen = screen;
    this.#now = now;
    this.#startedAt = now();
  }

  get seconds(): number {
    return (this.#now() - this.#startedAt) / 1000;
  }

  /** Writes a line with the time. */
  say(text: string): void {
    this.#clear();
    this.#screen.write(`${this.#stamp()}  ${text}\n`);
    this.#draw();
  }

  /** Writes text without the time, such as a table. */
  print(text: string): void {
    this.#clear();
    this.#screen.write(`${text}\n`);
    this.#draw();
  }

  /** Shows the present state: one changing line on a terminal; elsewhere a line if `isNews`. */
  status(text: string, isNews: boolean): void {
    if (!this.#screen.isTTY) {
      if (isNews) this.say(text);
      return;
    }
    if (isNews) this.say(text);
    this.#clear();
    this.#status = text;
    this.#draw();
  }

  /** Removes the changing line. */
  end(): void {
    this.#clear();
    this.#status = '';
  }

  #clear(): void {
    if (this.#screen.isTTY && this.#status) this.#screen.write('\r\x1b[K');
  }

  #draw(): void {
    if (!this.#screen.isTTY || !this.#status) return;
    const line = `${this.#stamp()}  ${this.#status}`;
    this.#screen.write(line.slice(0, (this.#screen.columns || 80) - 1));
  }

  #stamp(): string {
    return `${this.seconds.toFixed(1).padStart(6)} s`;
  }
}
