import type { Table } from './table.ts';

/** A target and what was measured. */
export interface Verdict {
  target: string;
  limit: string;
  measured: string;
  met: boolean;
}

/** What a measure found. */
export interface Result {
  title: string;
  /** How it was measured, a sentence or two. */
  method: string;
  table: Table;
  /** A picture of the table as a Mermaid diagram. Default: none. */
  chart?: string;
  /** Targets that the measure decides. Default: none. */
  verdicts?: Verdict[];
  /** Sentences below the table: what was left out and why, where the time goes. Default: none. */
  notes?: string[];
}

/** Whether a number is small enough, as a verdict. */
export function atMost(target: string, limit: number, found: number, unit = 'x'): Verdict {
  return {
    target,
    limit: `${limit} ${unit}`.trim(),
    measured: `${found.toFixed(unit === 'x' ? 2 : 0)} ${unit}`.trim(),
    met: found <= limit,
  };
}
