import { existsSync, rmSync } from 'node:fs';
import { HoldfastError } from '../../release/errors.ts';
import type { Entry, Release } from '../../release/release.ts';
import { Mirror } from '../git/mirror.ts';
import type { Result } from '../host/events.ts';
import { settleAll } from '../host/settle-all.ts';
import { provision } from '../provision/provision.ts';
import { currentRelease } from '../releases/release-notes.ts';
import { currentIds, isRunning } from '../releases/running.ts';
import { beginWork, recover, removeAside } from '../releases/workspace.ts';
import type { Session } from '../session/session.ts';
import { activate } from './activate.ts';
import { waitForHealth } from './health.ts';
import { packMirrors } from './mirror-upkeep.ts';
import { type Fetched, isAsWanted, prepare } from './prepare.ts';

/** How one repository's release reaches this machine. */
export interface RepositoryPlan {
  name: string;
  /** Fetches everything that the release consists of. */
  fetch: () => Promise<Fetched>;
}

/** Result of applying a release. */
export interface Applied {
  result: Extract<Result, 'deployed' | 'unchanged' | 'restarted'>;
  release: Release;
}

/** Time for a running service to prove healthy before it is started again. Seconds. */
const glanceSeconds = 5;

/** Prepares all repositories, and switches them only when all are complete. */
export async function apply(session: Session, wanted: readonly RepositoryPlan[]): Promise<Applied> {
  session.git.configure();
  return await duringWork(session, namesOf(wanted), async () => {
    for (const { name } of wanted) beginWork(session.layout.repository(name));
    const made = await makeAll(session, wanted);
    const release: Release = Object.fromEntries(made.map(({ name, entry }) => [name, entry]));
    if (made.every(({ isNew }) => !isNew)) return { result: await keepRunning(session, release), release };
    await activate(session, Object.fromEntries(made.map(({ name, id }) => [name, id])));
    await packMirrors(session, namesOf(wanted));
    return { result: 'deployed', release };
  });
}

/** Applies a release that is current already: nothing has to be fetched. */
export async function keep(session: Session, release: Release): Promise<Applied> {
  return await duringWork(session, Object.keys(release), async () => ({
    result: await keepRunning(session, release),
    release,
  }));
}

const namesOf = (wanted: readonly RepositoryPlan[]) => wanted.map(({ name }) => name);

/** Starts without leftovers of a killed run, and leaves none. */
export async function duringWork<T>(
  session: Session,
  names: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const paths = names.map((name) => session.layout.repository(name));
  for (const each of paths) {
    removeAside(each, session.events);
    recover(each, session.events);
  }
  try {
    return await work();
  } finally {
    for (const each of paths) recover(each, session.events);
  }
}

/** The current release is wanted: nothing to do if it is healthy, otherwise starts it again. */
async function keepRunning(session: Session, release: Release): Promise<'unchanged' | 'restarted'> {
  const ids = currentIds(session.layout, Object.keys(release));
  if (isRunning(session.layout, ids) && (await looksHealthy(session))) return 'unchanged';
  await activate(session, ids);
  return 'restarted';
}

/** Whether every repository's current release is the wanted one. */
export function isAllCurrent(session: Session, release: Release): boolean {
  return Object.entries(release).every(([name, entry]) => isCurrent(session, name, entry));
}

/** Whether a repository's current release is the wanted one. */
export function isCurrent(session: Session, name: string, entry: Entry): boolean {
  return isAsWanted(session, name, currentRelease(session.layout.repository(name)), entry);
}

async function looksHealthy({ settings: { health } }: Session): Promise<boolean> {
  if (!health) return true;
  const timeoutSeconds = Math.min(health.timeoutSeconds, glanceSeconds);
  return (await waitForHealth({ url: health.url, timeoutSeconds })) === undefined;
}

interface Made {
  name: string;
  entry: Entry;
  id: string;
  isNew: boolean;
}

/**
 * Fetches all repositories concurrently. Applies the configuration before building the others: builds need its
 * packages.
 */
async function makeAll(session: Session, wanted: readonly RepositoryPlan[]): Promise<Made[]> {
  const { configuration, provision } = session.settings;
  const first = wanted.find(({ name }) => provision && name === configuration);
  const configured = first && fetchAndPrepare(session, first).then((made) => provisionRole(session, made));
  return await settleAll(
    wanted.map((each) => (each === first && configured) || fetchAndPrepare(session, each, configured)),
  );
}

async function provisionRole(session: Session, made: Made): Promise<Made> {
  await provision(session, made.name, made.id);
  return made;
}

/** Waits for `before` between fetching and preparing. */
async function fetchAndPrepare(
  session: Session,
  { name, fetch }: RepositoryPlan,
  before?: Promise<unknown>,
): Promise<Made> {
  const work = async () => {
    const fetched = await fetch();
    await before;
    return await make(session, name, fetched);
  };
  try {
    return await work();
  } catch (error) {
    if (!(await dropBrokenMirror(session, name, error))) throw error;
    return await work();
  }
}

async function make(session: Session, name: string, fetched: Fetched): Promise<Made> {
  const { entry } = fetched;
  session.events.aim = { ...session.events.aim, [name]: entry };
  const current = currentRelease(session.layout.repository(name));
  if (isAsWanted(session, name, current, entry)) return { name, entry, id: current.id, isNew: false };
  return { name, entry, id: await prepare(session, fetched), isNew: true };
}

/** A machine that lost power may have a damaged mirror: it is removed and fetched again. */
async function dropBrokenMirror(session: Session, name: string, error: unknown): Promise<boolean> {
  const { mirror } = session.layout.repository(name);
  if (!(error instanceof HoldfastError) || error.name !== 'GitFailed' || !existsSync(mirror)) return false;
  if (await new Mirror(mirror, session.git).isSound()) return false;
  session.events.warn(`the mirror of repository ${name} is damaged; it is fetched again`, {
    repository: name,
  });
  rmSync(mirror, { recursive: true, force: true });
  return true;
}
