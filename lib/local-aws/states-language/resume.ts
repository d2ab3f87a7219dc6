interface Definition {
  StartAt: string;
  States: Record<string, unknown>;
}

/**
 * The definition of a redriven execution: it starts at the failed state with that state's input. The input of the
 * execution stays the same.
 */
export function resumeAt(definition: string, state: string, input: unknown): string {
  const { States, ...rest } = JSON.parse(definition) as Definition;
  const start = `redriven at ${state}`;
  const states = { ...States, [start]: { Type: 'Pass', Result: input, Next: state } };
  return JSON.stringify({ ...rest, StartAt: start, States: states });
}
