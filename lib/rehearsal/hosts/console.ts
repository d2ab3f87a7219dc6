/** EC2 keeps the last 64 KB of a console. */
const mostCharacters = 65_536;

/** The last that an instance wrote to its console. */
export class Console {
  #text = '';

  get text(): string {
    return this.#text;
  }

  write(chunk: Buffer | string): void {
    this.#text = (this.#text + chunk.toString()).slice(-mostCharacters);
  }
}
