import type { Execution } from '../executions.ts';
import type { ActKind, Schedule } from './schedule.ts';

/** Acts that must not stop a deployment: other deployments, scaling, and updates of the service's stack. */
const harmless: ReadonlySet<ActKind> = new Set([
  'deploy',
  'deploy overlay',
  'scale live',
  'scale candidate',
  'change capacity',
  'change health check',
  'change template',
  'change drain time',
  'add repository',
]);

/**
 * Without faults every deployment must succeed, however fleets and settings change meanwhile; only a deployment that
 * meets another one is refused. Returns the first violation in a sentence.
 */
export function progressProblem(
  { faults, flaws, acts }: Pick<Schedule, 'faults' | 'flaws' | 'acts'>,
  executions: readonly Execution[],
): string | undefined {
  if (faults.length + flaws.length > 0 || !acts.every(({ kind }) => harmless.has(kind))) return undefined;
  return executions.map(problemOf).find((problem) => problem !== undefined);
}

function problemOf({ info, ending }: Execution): string | undefined {
  if (ending === undefined) return `${info.name} never ended`;
  if (ending.status === 'SUCCEEDED') return undefined;
  if (ending.status !== 'FAILED') return `${info.name} ${ending.status}, although nothing went wrong`;
  const { error, cause } = ending;
  if (error === 'DeploymentInProgress') return undefined;
  return `${info.name} failed, although nothing went wrong: ${error}: ${cause}`;
}
