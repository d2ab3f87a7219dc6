import { HoldfastError } from '../../release/errors.ts';
import { describeRelease, isArtifact, type Release, sameRelease } from '../../release/release.ts';
import { type Report, releaseOf } from '../../release/report.ts';
import { type Finding, notReady, ready } from './finding.ts';
import type { Fleet } from './fleet.ts';
import { withoutLeaving } from './lifecycle.ts';

export interface CandidateHealth {
  fleet: Pick<Fleet, 'name' | 'instances'>;
  needed: number;
  /** `NAME:VERSION` that the candidate applies, and the release that it holds. */
  record: string;
  release: Release;
  /** Repository with the configuration. An instance's user-data may choose another branch of it. */
  configuration?: string | undefined;
  /** Reports of this deployment's instances, including those that are gone. */
  reports: readonly Report[];
}

/**
 * Whether every instance of the candidate reported ready on exactly its release and entered service. A report that no
 * new attempt can turn around ends the deployment at once.
 */
export function judgeHealth(candidate: CandidateHealth): Finding {
  const reports = new Map(candidate.reports.map((report) => [report.instance, report]));
  for (const report of reports.values()) refuseReport(report, candidate);
  const instances = withoutLeaving(candidate.fleet.instances);
  const missing = instances
    .filter(({ id, lifecycle }) => lifecycle !== 'InService' || reports.get(id)?.result !== 'ready')
    .map(({ id, lifecycle }) => `${id} ${stateOf(lifecycle, reports.get(id))}`);
  if (missing.length === 0 && instances.length >= Math.max(1, candidate.needed)) return ready;
  const count = `${instances.length - missing.length} of ${candidate.needed} instances of fleet ${candidate.fleet.name} are ready`;
  return notReady([count, ...missing.slice(0, 5), ...lastFailures(candidate.reports, instances)].join('; '));
}

function stateOf(lifecycle: string, report: Report | undefined): string {
  if (report?.error) return `failed: ${report.error.name}: ${report.error.message}`;
  return `${lifecycle}, ${report ? `reported ${report.result}` : 'no report yet'}`;
}

/** Why instances that are gone failed: people look for that first. */
function lastFailures(reports: readonly Report[], present: readonly { id: string }[]): string[] {
  const gone = reports.filter(({ instance, error }) => error && !present.some(({ id }) => id === instance));
  return gone.slice(-1).map(({ instance, error }) => `${instance} failed: ${error?.name}: ${error?.message}`);
}

function refuseReport(report: Report, { record, release, configuration }: CandidateHealth): void {
  if (report.result === 'failed') {
    if (report.error && !report.error.retryable) throw instanceFailure(report, report.error);
    return;
  }
  const reported = omitChosen(releaseOf(report), release, configuration);
  if (report.record === record && sameRelease(reported, release)) return;
  throw new HoldfastError(
    'CandidateNotReady',
    `instance ${report.instance} reported ready on ${report.record} with other commits, expected ${record} (${describeRelease(release)}); read its report`,
  );
}

/** The reported release, without a configuration branch that the user-data chose. */
function omitChosen(reported: Release, release: Release, configuration = ''): Release {
  const [found, expected] = [reported[configuration], release[configuration]];
  if (!found || !expected || isArtifact(found) || isArtifact(expected)) return reported;
  return found.branch === expected.branch ? reported : { ...reported, [configuration]: expected };
}

/** Keeps the name that the instance gave: its runbook entry fits best. */
function instanceFailure(
  { instance }: Report,
  { name, message }: NonNullable<Report['error']>,
): HoldfastError {
  return new HoldfastError(name, `instance ${instance}: ${message}`);
}
