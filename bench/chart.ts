/** A line of a chart. */
export interface Line {
  name: string;
  values: number[];
}

/** A Mermaid diagram of seconds over something that grows. */
export function chart(title: string, axis: string, steps: readonly number[], lines: readonly Line[]): string {
  const labels = steps.map((step) => `"${step.toLocaleString('en')}"`).join(', ');
  const drawn = lines.map(
    ({ name, values }) => `  line "${name}" [${values.map((value) => value.toFixed(2)).join(', ')}]`,
  );
  return [
    '```mermaid',
    'xychart-beta',
    `  title "${title}"`,
    `  x-axis "${axis}" [${labels}]`,
    '  y-axis "seconds"',
    ...drawn,
    '```',
  ].join('\n');
}
