interface Definition {
  StartAt: string;
  States: Record<string, unknown>;
}

/**
 * The definition of a redriven execution: it goes on in the state that it did not get through, with that state's input.
 * The input of the execution itself stays what it was.
 */
export function resumeAt(definition: string, state: string, input: unknown): string {
  const { States, ...rest } = JSON.parse(definition) as Definition;
  const start = `redriven at ${state}`;
  const states = { ...States, [start]: { Type: 'Pass', Result: input, Next: state } };
  return JSON.stringify({ ...rest, StartAt: start, States: states });
}
