/**
 * A network of loopback addresses: on Linux all of 127.0.0.0/8 answers without set-up. `seed` separates rehearsals
 * that run at the same time.
 */
export function loopbackNetwork(seed = process.pid): string {
  return `127.${16 + (seed % 200)}.${(seed >> 8) % 250}`;
}

/** Addresses for instances. */
export class Addresses {
  readonly #taken = new Map<string, string>();
  readonly #network: string;
  #next = 0;

  /** `network`: the first three numbers of every address. */
  constructor(network = loopbackNetwork()) {
    this.#network = network;
  }

  /** The instance's address, the same for its whole life. */
  of(instanceId: string): string {
    const known = this.#taken.get(instanceId);
    if (known) return known;
    const address = this.#free();
    this.#taken.set(instanceId, address);
    return address;
  }

  release(instanceId: string): void {
    this.#taken.delete(instanceId);
  }

  #free(): string {
    const inUse = new Set(this.#taken.values());
    for (let tries = 0; tries < 250; tries += 1) {
      this.#next = (this.#next % 250) + 1;
      const address = `${this.#network}.${this.#next}`;
      if (!inUse.has(address)) return address;
    }
    throw new Error('all 250 addresses of the rehearsal are in use');
  }
}
