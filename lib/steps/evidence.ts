import { storeKeys } from '../config/names.ts';
import { messageOf } from '../release/errors.ts';
import type { Report } from '../release/report.ts';
import type { EvidenceEvent } from '../rollout/contract.ts';
import { lastBytes, worthKeeping } from '../rollout/evidence.ts';
import type { Journal } from '../rollout/journal.ts';
import type { Needs } from './deps.ts';
import { settingsAt } from './record.ts';
import { reportsOf } from './reports.ts';

type EvidenceNeeds = Needs<'parameters' | 'groups' | 'instances' | 'balancer'>;

const consoleBytes = 64 * 1024;
/** Consoles kept: what failed on more instances than these failed in the same ways. */
const mostInstances = 10;

/** Gathers what tells why a deployment failed, and keeps it in the bucket; gives its address. */
export async function keepEvidence(
  deps: EvidenceNeeds,
  journal: Journal,
  event: EvidenceEvent,
): Promise<string> {
  const key = storeKeys.evidence(journal.service, journal.deployment);
  const evidence = {
    schema: 1,
    service: journal.service,
    deployment: journal.deployment,
    at: new Date(deps.now()).toISOString(),
    failure: event.failure,
    journal,
    ...(journal.candidate && (await candidateEvidence(deps, journal, journal.candidate))),
  };
  await deps.objects.put(key, JSON.stringify(evidence, null, 2));
  return `s3://${deps.bucket}/${key}`;
}

async function candidateEvidence(
  deps: EvidenceNeeds,
  journal: Journal,
  candidate: NonNullable<Journal['candidate']>,
): Promise<Record<string, unknown>> {
  const { settings } = await settingsAt(deps, journal.service, candidate.settings);
  const [group, launched] = await Promise.all([
    attempt(() => deps.groups.get(candidate.fleet)),
    deps.instances.ofDeployment(journal.deployment),
  ]);
  const ids = launched.map(({ id }) => id);
  const reports = await reportsOf(deps, journal.service, settings.roleId, ids);
  const targetGroup = settings.balancer?.targetGroups[candidate.colour];
  const kept = worthKeeping(launched, reports, mostInstances);
  return {
    group,
    targets: targetGroup ? await attempt(() => deps.balancer.targets(targetGroup)) : [],
    instances: await Promise.all(kept.map(({ id, state }) => instanceEvidence(deps, { id, state }, reports))),
  };
}

async function instanceEvidence(
  deps: EvidenceNeeds,
  { id, state }: { id: string; state: string },
  reports: readonly Report[],
): Promise<Record<string, unknown>> {
  const console = await attempt(async () => lastBytes(await deps.instances.console(id), consoleBytes));
  return { id, state, report: reports.find(({ instance }) => instance === id), console };
}

/** Part of the evidence is better than none: what could not be read says why. */
async function attempt<T>(read: () => Promise<T>): Promise<T | { unavailable: string }> {
  try {
    return await read();
  } catch (error) {
    return { unavailable: messageOf(error) };
  }
}
