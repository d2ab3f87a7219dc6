import type { Result, Verdict } from './result.ts';
import { markdown } from './table.ts';

/** A measure as a section of docs/performance.md. */
export function section({ title, method, table, chart, notes = [] }: Result): string {
  const parts = [`### ${title}`, method, markdown(table), chart, ...notes.map((note) => `${note}.`)];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

/** Every target with what was measured. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  return markdown({
    head: ['target', 'at most', 'measured', 'met'],
    rows: verdicts.map(({ target, limit, measured, met }) => [
      target,
      limit,
      measured,
      met ? 'yes' : '**no**',
    ]),
  });
}
