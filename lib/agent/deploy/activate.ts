import { primaryRepository } from '../../config/repository.ts';
import { HoldfastError, messageOf } from '../../release/errors.ts';
import { runLine } from '../host/command.ts';
import { explainFullDisk } from '../host/space.ts';
import { provision } from '../provision/provision.ts';
import { currentIds, type Ids, noteRunning, noteSwitching, previousIds } from '../releases/running.ts';
import { pointAt, stageLinks } from '../releases/switch.ts';
import type { Session } from '../session/session.ts';
import { waitForHealth } from './health.ts';

/** Longest time for the start command to return. Seconds. */
const startSeconds = 300;

/**
 * Switches all repositories to prepared releases, starts the service and waits until it is healthy. If that fails,
 * restores and starts the previous releases.
 */
export async function activate(session: Session, to: Ids): Promise<void> {
  const names = Object.keys(to);
  const from = previousIds(session.layout, names);
  await session.events.phase('switch', undefined, async () => {
    // Everything that needs disk space comes before the first link moves.
    stageLinks(session.layout, to);
    noteSwitching(session.layout, from, to);
    pointAll(session, to);
  });
  try {
    await startAndCheck(session);
  } catch (thrown) {
    const error = explainFullDisk(thrown, session.layout.root);
    if (names.every((name) => from[name] === to[name])) throw error;
    throw await goBack(session, from, error);
  }
  noteRunning(session.layout, to);
}

/** Runs the start command in the primary repository's release and waits until it is healthy. */
async function startAndCheck(session: Session): Promise<void> {
  const { start, health } = session.settings;
  if (start !== undefined) await session.events.phase('start', undefined, () => startService(session, start));
  if (!health) return;
  const found = await session.events.phase('health', undefined, () => waitForHealth(health));
  if (found === undefined) return;
  throw new HoldfastError(
    'NotHealthy',
    `the release is not healthy: ${health.url} gave ${found} after ${health.timeoutSeconds} seconds, expected 200; read ${session.layout.startLog}`,
  );
}

async function startService(session: Session, line: string): Promise<void> {
  const { layout, settings } = session;
  const primary = primaryRepository(settings.repositories, settings.configuration);
  const paths = layout.repository(primary);
  const id = currentIds(layout, [primary])[primary];
  await runLine({
    what: 'start',
    line,
    cwd: id ? paths.release(id) : layout.root,
    log: layout.startLog,
    seconds: startSeconds,
    environment: hostAndPort(settings.health?.url),
  });
}

/** HOST and PORT of the health check's URL; without one the process's own variables stay. */
export function hostAndPort(url: string | undefined): NodeJS.ProcessEnv {
  if (url === undefined) return {};
  const { hostname, port, protocol } = new URL(url);
  return {
    HOST: hostname.replace(/^\[|\]$/g, ''),
    PORT: port || (protocol === 'https:' ? '443' : '80'),
  };
}

/**
 * Restores the previous releases. If there is none (a failed first release), removes `current`, so that the failed
 * release does not count as deployed. Returns the error to end with.
 */
async function goBack(session: Session, from: Ids, error: unknown): Promise<unknown> {
  session.events.tell('going back', { because: messageOf(error), to: from });
  stageLinks(session.layout, from);
  pointAll(session, from);
  const outcome = await restartPrevious(session, from);
  if (!(error instanceof HoldfastError)) return error;
  return new HoldfastError(error.name, `${error.message}; ${outcome}`, { cause: error });
}

async function restartPrevious(session: Session, from: Ids): Promise<string> {
  if (Object.values(from).every((id) => id === null)) {
    noteRunning(session.layout, from);
    return 'there is no previous release to go back to';
  }
  const role = await provisionAgain(session, from);
  try {
    await startAndCheck(session);
    noteRunning(session.layout, from);
    return `the previous release runs again${role}`;
  } catch (error) {
    return `the previous release is current again but did not start either (${messageOf(error)})`;
  }
}

/** Applies the previous release's configuration again. Returns the error, if any; the release starts all the same. */
async function provisionAgain(session: Session, from: Ids): Promise<string> {
  const { configuration } = session.settings;
  const id = configuration === undefined ? undefined : from[configuration];
  try {
    if (configuration !== undefined && id) await provision(session, configuration, id);
    return '';
  } catch (error) {
    return `, but its configuration could not be applied again (${messageOf(error)})`;
  }
}

function pointAll({ layout, events }: Session, ids: Ids): void {
  for (const [name, id] of Object.entries(ids)) {
    pointAt(layout.repository(name), id);
    events.tell('switched', { repository: name, release: id });
  }
}
