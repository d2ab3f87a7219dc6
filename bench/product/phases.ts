import { median } from '../statistics.ts';
import type { Summary } from './agent.ts';

/** Median seconds of each phase that every run had, as a sentence for the report. */
export function phasesOf(summaries: readonly Summary[]): string {
  const names = summaries.at(-1)?.phases.map(({ name }) => name) ?? [];
  const parts = names.map((name) => `${name} ${median(secondsOf(summaries, name)).toFixed(2)}`);
  return `Phases of ${summaries.length} runs, seconds: ${parts.join(', ')}`;
}

function secondsOf(summaries: readonly Summary[], name: string): number[] {
  return summaries.flatMap(({ phases }) =>
    phases.filter((phase) => phase.name === name).map(({ seconds }) => seconds),
  );
}
