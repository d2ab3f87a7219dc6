import { existsSync, rmSync } from 'node:fs';
import { HoldfastError } from '../../release/errors.ts';
import type { Entry, Release } from '../../release/release.ts';
import { Mirror } from '../git/mirror.ts';
import type { Result } from '../host/events.ts';
import { settleAll } from '../host/settle-all.ts';
import { provision } from '../provision/provision.ts';
import { currentRelease } from '../releases/release-notes.ts';
import { currentIds, isRunning } from '../releases/running.ts';
import { beginWork, recover } from '../releases/workspace.ts';
import type { Session } from '../session/session.ts';
import { activate } from './activate.ts';
import { waitForHealth } from './health.ts';
import { packMirrors } from './mirror-upkeep.ts';
import { type Fetched, isAsWanted, prepare } from './prepare.ts';

/** How a repository gets its release onto this machine. */
export interface RepositoryPlan {
  name: string;
  /** Fetches everything that the release is made from. */
  fetch: () => Promise<Fetched>;
}

/** What came of it. */
export interface Applied {
  result: Extract<Result, 'deployed' | 'unchanged' | 'restarted'>;
  release: Release;
}

/** How long what runs has to show that it is healthy, before it is started again. Seconds. */
const glanceSeconds = 5;

/** Prepares all repositories, and only when all are whole switches them. */
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

/** Nothing has to be fetched: what is current is wanted. */
export async function keep(session: Session, release: Release): Promise<Applied> {
  return await duringWork(session, Object.keys(release), async () => ({
    result: await keepRunning(session, release),
    release,
  }));
}

const namesOf = (wanted: readonly RepositoryPlan[]) => wanted.map(({ name }) => name);

/** Starts without what a killed run left, and ends without leaving anything. */
export async function duringWork<T>(
  session: Session,
  names: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const paths = names.map((name) => session.layout.repository(name));
  for (const each of paths) recover(each);
  try {
    return await work();
  } finally {
    for (const each of paths) recover(each);
  }
}

/** What is current is wanted: nothing to do when it is healthy, else it is started again. */
async function keepRunning(session: Session, release: Release): Promise<'unchanged' | 'restarted'> {
  const ids = currentIds(session.layout, Object.keys(release));
  if (isRunning(session.layout, ids) && (await looksHealthy(session))) return 'unchanged';
  await activate(session, ids);
  return 'restarted';
}

/** Whether every repository's current release is what is wanted. */
export function isAllCurrent(session: Session, release: Release): boolean {
  return Object.entries(release).every(([name, entry]) => isCurrent(session, name, entry));
}

/** Whether a repository's current release is what is wanted. */
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

/** All are fetched at the same time. The configuration is applied before the others are built: builds need what it brings. */
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

/** `before` is waited for between fetching and preparing. */
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

/** A machine that lost power can have a mirror with holes: then it is removed, to be fetched anew. */
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
