import Table from 'cli-table3';
import type { RehearsalReport } from './report.ts';

const plain = {
  style: { head: [], border: [] },
  chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
};

/** The tables at the end of a rehearsal. `nameOf` names a commit for people. */
export function summary(
  { deployments, instances }: RehearsalReport,
  nameOf: (commit: string) => string,
): string {
  const runs = new Table({
    ...plain,
    head: ['deployment', 'result', 'seconds', 'requests', 'failed', 'slowest step'],
  });
  for (const { commit, result, steps, requests } of deployments) {
    const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
    const slowest = steps.toSorted((a, b) => b.seconds - a.seconds)[0];
    runs.push([
      nameOf(commit),
      result,
      seconds.toFixed(1),
      requests.total,
      requests.failed,
      slowest ? `${slowest.name} ${slowest.seconds.toFixed(1)}` : '',
    ]);
  }
  const fleet = new Table({ ...plain, head: ['in service', 'colour', 'commit'] });
  for (const { id, colour, commit } of instances) fleet.push([id, colour, nameOf(commit)]);
  return `${runs}\n${fleet}`;
}
