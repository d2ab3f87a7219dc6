/** What Step Functions takes for a thousand transitions of a standard machine. Dollars. */
const dollarsPerThousand = 0.025;

/** State transitions of one execution. */
export interface Transitions {
  all: number;
  /** Those of waiting: every wait, and every state that was entered again after one. */
  loops: number;
}

/** Counts how often states were entered. */
export function transitionsOf(entered: ReadonlyMap<string, number>): Transitions {
  let all = 0;
  let loops = 0;
  for (const [state, count] of entered) {
    all += count;
    loops += state.startsWith('wait ') ? count : count - 1;
  }
  return { all, loops };
}

export function dollars({ all }: Transitions): string {
  return `$${((all / 1000) * dollarsPerThousand).toFixed(4)}`;
}
