/** Where the timeline is written; a terminal shows a line that changes. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Lines with the seconds since the beginning, and on a terminal one last line that shows the present. */
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

  /** Something happened. */
  say(text: string): void {
    this.#clear();
    this.#screen.write(`${this.#stamp()}  ${text}\n`);
    this.#draw();
  }

  /** Text without a time, such as a table. */
  print(text: string): void {
    this.#clear();
    this.#screen.write(`${text}\n`);
    this.#draw();
  }

  /** The present: one line that changes on a terminal; elsewhere a line when `isNews`. */
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

  /** Takes the line of the present away. */
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
