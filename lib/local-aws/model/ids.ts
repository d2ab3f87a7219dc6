/** Identifiers in AWS's shapes, the same ones in the same order in every run. */
export class Ids {
  #count = 0;

  /** `i-0000000000000002a`: a prefix and 17 hex digits. */
  resource(prefix: string): string {
    return `${prefix}-${this.#hex(17)}`;
  }

  /** 16 hex digits, as at the end of a load balancer's ARN. */
  short(): string {
    return this.#hex(16);
  }

  uuid(): string {
    return `00000000-0000-4000-8000-${this.#hex(12)}`;
  }

  #hex(digits: number): string {
    this.#count += 1;
    return this.#count.toString(16).padStart(digits, '0');
  }
}
