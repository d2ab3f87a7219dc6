import type { InstanceClients } from '../../aws/instance-clients.ts';
import type { AgentSettings } from '../../config/agent-settings.ts';
import { HoldfastError } from '../../release/errors.ts';
import type { ReleaseRequest } from '../../release/release-request.ts';
import { type Events, errorOf, type Summary } from '../host/events.ts';
import { explainFullDisk } from '../host/space.ts';
import { withSession } from '../session/session.ts';
import type { Applied } from './apply.ts';
import { deployAuto } from './auto.ts';
import { commitsOf } from './commits.ts';
import { deployManual } from './manual.ts';
import { beginReading } from './record.ts';

/** Result of a deployment. */
export interface Deployed extends Applied {
  commits: NonNullable<Summary['commits']>;
}

/** Deploys on this machine. Without `asked` it applies the record (auto mode). */
export async function deploy(
  settings: AgentSettings,
  events: Events,
  stores: InstanceClients,
  asked?: ReleaseRequest,
): Promise<Deployed> {
  process.umask(0o022);
  const early = asked ? undefined : beginReading(stores, settings.parameters.release);
  return await withSession(settings, events, stores, async (session) => {
    const applied = asked ? await deployManual(session, asked) : await deployAuto(session, early);
    return { ...applied, commits: await commitsOf(session, applied.release) };
  }).catch((error: unknown) => {
    throw explainFullDisk(error, settings.root);
  });
}

/** Last line of a successful deployment. */
export function summaryOf({ result, release, commits }: Deployed): Omit<Summary, 'phases'> {
  return { result, release, commits };
}

/** Last line of a failed deployment. A deployment stays even if someone else changed the record. */
export function summaryOfFailure(error: unknown, events: Events): Omit<Summary, 'phases'> {
  const isConflict = error instanceof HoldfastError && error.name === 'RecordChanged';
  return { result: isConflict ? 'not-recorded' : 'failed', release: events.aim, error: errorOf(error) };
}
