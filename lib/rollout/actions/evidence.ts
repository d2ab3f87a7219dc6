import type { FoundInstance } from '../../aws/instances.ts';
import { storeKeys } from '../../config/resource-names.ts';
import type { Report } from '../../release/report.ts';
import type { EvidenceEvent } from '../contract.ts';
import { lastBytes, worthKeeping } from '../decisions/evidence.ts';
import type { Journal } from '../journal.ts';
import { isUnavailable, tryToRead } from './best-effort.ts';
import { reportsOf } from './reports.ts';
import { settingsAt } from './settings.ts';
import type { StepContext } from './step-context.ts';

type EvidenceNeeds = StepContext<'parameters' | 'groups' | 'instances' | 'balancer'>;

const consoleBytes = 64 * 1024;
/** Number of consoles that are saved: further instances fail in the same ways. */
const mostInstances = 10;
/** Number of failed launches that are saved. */
const mostLaunches = 20;

/**
 * Gathers what explains the failure of a deployment, saves it in the bucket and returns its address. On condition that
 * it is absent, evidence that is there already stays.
 */
export async function keepEvidence(
  deps: EvidenceNeeds,
  journal: Journal,
  event: Pick<EvidenceEvent, 'deployment' | 'state'>,
  condition?: { absent: true },
): Promise<string> {
  const { candidate } = journal;
  // A failed settle must not overwrite the evidence of the deployment.
  const name = event.state.unsettled ? `${event.deployment}.unsettled` : event.deployment;
  const key = storeKeys.evidence(journal.service, name);
  const evidence = {
    schema: 1,
    service: journal.service,
    deployment: journal.deployment,
    at: new Date(deps.now()).toISOString(),
    ...event.state,
    journal,
    ...(candidate && (await tryToRead(() => candidateEvidence(deps, journal, candidate)))),
  };
  await deps.objects.put(key, JSON.stringify(evidence, null, 2), condition);
  return `s3://${deps.bucket}/${key}`;
}

async function candidateEvidence(
  deps: EvidenceNeeds,
  { service, deployment }: Journal,
  candidate: NonNullable<Journal['candidate']>,
): Promise<Record<string, unknown>> {
  const { settings } = await settingsAt(deps, service, candidate.settings);
  const targetGroup = settings.balancer?.targetGroups[candidate.colour];
  const [group, targets, launched, launches] = await Promise.all([
    tryToRead(() => deps.groups.get(candidate.fleet)),
    tryToRead(async () => (targetGroup ? deps.balancer.targets(targetGroup) : [])),
    tryToRead(() => deps.instances.ofDeployment({ environment: deps.environment, service, deployment })),
    tryToRead(async () => (await deps.groups.launchFailures(candidate.fleet)).slice(0, mostLaunches)),
  ]);
  if (isUnavailable(launched)) return { group, targets, launches, instances: launched };
  const ids = launched.map(({ id }) => id);
  const reports = await tryToRead(() => reportsOf(deps, service, settings.roleId, ids));
  const known = isUnavailable(reports) ? [] : reports;
  const kept = worthKeeping(launched, known, mostInstances);
  return {
    group,
    targets,
    launches,
    ...(isUnavailable(reports) && { reports }),
    instances: await Promise.all(kept.map((instance) => instanceEvidence(deps, instance, known))),
  };
}

async function instanceEvidence(
  deps: EvidenceNeeds,
  { id, state, reason }: FoundInstance,
  reports: readonly Report[],
): Promise<Record<string, unknown>> {
  const console = await tryToRead(async () => lastBytes(await deps.instances.console(id), consoleBytes));
  return { id, state, reason, report: reports.find(({ instance }) => instance === id), console };
}
