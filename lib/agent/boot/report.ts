import type { Objects } from '../../aws/objects.ts';
import { storeKeys } from '../../config/resource-names.ts';
import type { Settings } from '../../config/settings.ts';
import { messageOf } from '../../release/errors.ts';
import { isArtifact } from '../../release/release.ts';
import { formatReport, isRetryable, type Report } from '../../release/report.ts';
import type { Deployed } from '../deploy/deploy.ts';
import { type Events, errorOf } from '../host/events.ts';
import type { Identity } from './identity.ts';

/** Data and destination of a report. */
export interface Reporting {
  settings: Pick<Settings, 'environment' | 'service' | 'role' | 'roleId'>;
  identity: Identity;
  events: Events;
  objects: Objects;
}

/** Keeps reports short. */
const mostWarnings = 20;

type Outcome = Pick<Report, 'result' | 'release' | 'error'>;

/** Reports that the instance is ready. */
export async function reportReady(reporting: Reporting, { release, commits }: Deployed): Promise<void> {
  const entries = Object.entries(release).map(([name, entry]) => [
    name,
    isArtifact(entry) ? entry : { ...entry, ...commits[name] },
  ]);
  await send(reporting, { result: 'ready', release: Object.fromEntries(entries) });
}

/** Reports why the instance is not ready. If reporting fails too, the original reason must survive. */
export async function reportFailed(reporting: Reporting, reason: unknown): Promise<void> {
  const { name, message } = errorOf(reason);
  const error = { name, message, retryable: isRetryable(name) };
  await send(reporting, { result: 'failed', release: reporting.events.aim, error }).catch((second: unknown) =>
    reporting.events.warn(`the failure could not be reported: ${messageOf(second)}`),
  );
}

async function send({ settings, identity, events, objects }: Reporting, outcome: Outcome): Promise<void> {
  const { instance, record, colour, deployment } = identity;
  const { environment, service, role } = settings;
  const warnings = events.warnings.slice(0, mostWarnings);
  const key = storeKeys.report(service, settings.roleId, instance);
  const report: Report = {
    schema: 1,
    instance,
    environment,
    service,
    role,
    ...(colour ? { colour } : {}),
    record,
    settings: identity.settings,
    ...(deployment ? { deployment } : {}),
    ...outcome,
    phases: events.phases,
    ...(warnings.length > 0 ? { warnings } : {}),
    at: new Date().toISOString(),
  };
  await objects.put(key, formatReport(report, key));
}
