import * as z from 'zod';
import { storeKeys } from '../../config/resource-names.ts';
import { formatRefreshReport, type RefreshReport } from '../../release/refresh.ts';
import { isArtifact, type Release } from '../../release/release.ts';
import type { Summary } from '../host/events.ts';
import { readState, writeState } from '../host/state-file.ts';
import type { Session } from '../session/session.ts';

const reportedSchema = z.strictObject({ body: z.string() });

/** Reports a refresh to the store if its result changed. Only EC2 instances report. */
export async function reportRefresh(
  { settings, layout, stores }: Session,
  release: Release,
  commits: NonNullable<Summary['commits']>,
  errors: RefreshReport['errors'],
): Promise<void> {
  const { instance, environment, service, role, bucket, configuration = '' } = settings;
  if (!instance) return;
  const entry = release[configuration];
  const report: Omit<RefreshReport, 'at'> = {
    schema: 1,
    instance: instance.id,
    environment,
    service,
    role,
    result: errors.length > 0 ? 'failed' : 'well',
    ...(entry && !isArtifact(entry) ? { configuration: { ...entry, ...commits[configuration] } } : {}),
    errors,
  };
  const body = JSON.stringify(report);
  if (readState(layout.refreshed, reportedSchema)?.body === body) return;
  const key = storeKeys.refresh(service, instance.roleId, instance.id);
  const objects = await stores.objects(bucket);
  await objects.put(key, formatRefreshReport({ ...report, at: new Date().toISOString() }, key));
  writeState(layout.refreshed, { body });
}
