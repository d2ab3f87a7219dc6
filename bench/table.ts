import type { Ratio } from './statistics.ts';

/** Rows under a head, as they stand in docs/performance.md. */
export interface Table {
  head: string[];
  rows: string[][];
}

export function markdown({ head, rows }: Table): string {
  const lines = [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function seconds(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** `0.87 (0.81 to 0.95)`: the median and what it varied between. */
export function ratio({ median, least, most }: Ratio): string {
  return `${median.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`;
}
