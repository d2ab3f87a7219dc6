import type { InstanceClients } from '../../aws/instance-clients.ts';
import type { AgentSettings } from '../../config/agent-settings.ts';
import { isArtifact, type Release } from '../../release/release.ts';
import { commitsOf } from '../deploy/commits.ts';
import { type Events, errorOf, type Summary } from '../host/events.ts';
import { homeFolder } from '../host/home.ts';
import { currentRelease } from '../releases/release-notes.ts';
import { type Session, withSession } from '../session/session.ts';
import { hasSystemd } from '../systemd/systemd.ts';
import { followBranch } from './follow-branch.ts';
import { reportRefresh } from './refresh-report.ts';
import { placeValues } from './values.ts';
import { checkServices } from './watched-services.ts';

/**
 * Updates a running machine: its environment, a configuration that follows its branch, and the health of watched
 * services. A failed part does not stop the others; all failures are reported, and the first is thrown.
 */
export async function refresh(
  settings: AgentSettings,
  events: Events,
  stores: InstanceClients,
): Promise<Omit<Summary, 'phases'>> {
  process.umask(0o022);
  return await withSession(settings, events, stores, async (session) => {
    const errors: unknown[] = [];
    const attempt = async (part: string, work: () => Promise<unknown>): Promise<boolean> => {
      try {
        return (await work()) === true;
      } catch (error) {
        errors.push(error);
        events.tell('failed', { part, error: errorOf(error) });
        return false;
      }
    };
    const changes = [
      await attempt('values', () => placeValues(settings, events, stores)),
      await attempt('configuration', () => followBranch(session)),
      await attempt('services', () => lookAtServices(settings)),
    ];
    const release = configurationOf(session);
    const commits = await commitsOf(session, release);
    await attempt('report', () => reportRefresh(session, release, commits, errors.map(errorOf)));
    if (errors.length > 0) throw errors[0];
    return { result: changes.includes(true) ? 'refreshed' : 'unchanged', release, commits };
  });
}

async function lookAtServices(settings: AgentSettings): Promise<void> {
  if (hasSystemd(homeFolder())) await checkServices(settings);
}

/** The current release of the configuration, which the refresh is about. */
function configurationOf({ settings, layout }: Session): Release {
  const { configuration } = settings;
  if (configuration === undefined) return {};
  const entry = currentRelease(layout.repository(configuration))?.note.entry;
  return entry && !isArtifact(entry) ? { [configuration]: entry } : {};
}
