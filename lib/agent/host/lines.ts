/** Longest line that is kept, in characters. */
const longest = 64 * 1024;

/** Splits output into lines. A longer line is cut, so that one without an end takes neither memory nor time. */
export class Lines {
  #rest = '';
  /** Whether the start of the present line was given already. */
  #isCut = false;
  readonly #take: (line: string) => void;

  constructor(take: (line: string) => void) {
    this.#take = take;
  }

  add(chunk: Buffer): void {
    const lines = (this.#rest + chunk.toString('latin1')).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#end(line);
    if (this.#rest.length <= longest) return;
    if (!this.#isCut) this.#take(this.#rest.slice(0, longest));
    this.#isCut = true;
    this.#rest = '';
  }

  #end(line: string): void {
    if (!this.#isCut) this.#take(line.slice(0, longest));
    this.#isCut = false;
  }
}
