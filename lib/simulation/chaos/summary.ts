import type { RunResult } from './run.ts';

/** The last lines of a run. */
export function summary({ injected, schedules, violations, seconds }: RunResult): string {
  const width = Math.max(...Object.keys(injected).map(({ length }) => length));
  const lines = Object.entries(injected).map(
    ([kind, count]) => `  ${kind.padEnd(width)} ${String(count).padStart(9)}`,
  );
  const never = Object.keys(injected).filter((kind) => injected[kind] === 0);
  const rate = (schedules / seconds).toFixed(1);
  return [
    'injected:',
    ...lines,
    ...(never.length > 0 ? [`never injected: ${never.join(', ')}`] : []),
    `schedules: ${schedules} in ${seconds.toFixed(0)} s, ${rate} a second`,
    `violations: ${violations}`,
  ].join('\n');
}
