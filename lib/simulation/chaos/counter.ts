/** Counts by kind. */
export class Counter {
  readonly counts: Record<string, number>;

  /** Kinds that are listed even with a count of zero. */
  constructor(kinds: readonly string[] = []) {
    this.counts = Object.fromEntries(kinds.map((kind) => [kind, 0]));
  }

  add(kind: string, count = 1): void {
    this.counts[kind] = (this.counts[kind] ?? 0) + count;
  }

  addAll(counts: Readonly<Record<string, number>>): void {
    for (const [kind, count] of Object.entries(counts)) this.add(kind, count);
  }
}
