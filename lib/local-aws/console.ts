/** EC2 keeps the last 64 KB of a console. */
const mostCharacters = 65_536;

/** The end of an instance's console output. */
export class Console {
  #text = '';

  get text(): string {
    return this.#text;
  }

  /** The last line before the one that reports the end. */
  get lastWords(): string {
    return this.#text.trimEnd().split('\n').at(-2) ?? '';
  }

  write(chunk: Buffer | string): void {
    this.#text = (this.#text + chunk.toString()).slice(-mostCharacters);
  }
}
