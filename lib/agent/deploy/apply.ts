import { existsSync, rmSync } from 'node:fs';
import { HoldfastError } from '../../release/errors.ts';
import type { Entry, Release } from '../../release/release.ts';
import { Mirror } from '../git/mirror.ts';
import type { Result } from '../host/events.ts';
import { all } from '../host/settle-all.ts';
import { provision } from '../provision/provision.ts';
import { currentRelease } from '../releases/release-notes.ts';
import { currentIds, isRunning } from '../releases/running.ts';
import { beginWork, recover } from '../releases/workspace.ts';
import type { Desk } from '../session/session.ts';
import { activate } from './activate.ts';
import { waitForHealth } from './health.ts';
import { upkeep } from './mirror-upkeep.ts';
import { type Fetched, isAsWanted, prepare } from './prepare.ts';

/** How a repository gets its release onto this machine. */
export interface Wanted {
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
export async function apply(desk: Desk, wanted: readonly Wanted[]): Promise<Applied> {
  desk.git.configure();
  return await amidWork(desk, namesOf(wanted), async () => {
    for (const { name } of wanted) beginWork(desk.layout.repository(name));
    const made = await makeAll(desk, wanted);
    const release: Release = Object.fromEntries(made.map(({ name, entry }) => [name, entry]));
    if (made.every(({ isNew }) => !isNew)) return { result: await keepRunning(desk, release), release };
    await activate(desk, Object.fromEntries(made.map(({ name, id }) => [name, id])));
    await upkeep(desk, namesOf(wanted));
    return { result: 'deployed', release };
  });
}

/** Nothing has to be fetched: what is current is wanted. */
export async function keep(desk: Desk, release: Release): Promise<Applied> {
  return await amidWork(desk, Object.keys(release), async () => ({
    result: await keepRunning(desk, release),
    release,
  }));
}

const namesOf = (wanted: readonly Wanted[]) => wanted.map(({ name }) => name);

/** Starts without what a killed run left, and ends without leaving anything. */
export async function amidWork<T>(desk: Desk, names: readonly string[], work: () => Promise<T>): Promise<T> {
  const paths = names.map((name) => desk.layout.repository(name));
  for (const each of paths) recover(each);
  try {
    return await work();
  } finally {
    for (const each of paths) recover(each);
  }
}

/** What is current is wanted: nothing to do when it is healthy, else it is started again. */
async function keepRunning(desk: Desk, release: Release): Promise<'unchanged' | 'restarted'> {
  const ids = currentIds(desk.layout, Object.keys(release));
  if (isRunning(desk.layout, ids) && (await looksHealthy(desk))) return 'unchanged';
  await activate(desk, ids);
  return 'restarted';
}

/** Whether every repository's current release is what is wanted. */
export function isAllCurrent(desk: Desk, release: Release): boolean {
  return Object.entries(release).every(([name, entry]) => isCurrent(desk, name, entry));
}

/** Whether a repository's current release is what is wanted. */
export function isCurrent(desk: Desk, name: string, entry: Entry): boolean {
  return isAsWanted(desk, name, currentRelease(desk.layout.repository(name)), entry);
}

async function looksHealthy({ settings: { health } }: Desk): Promise<boolean> {
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
async function makeAll(desk: Desk, wanted: readonly Wanted[]): Promise<Made[]> {
  const { configuration, provision } = desk.settings;
  const first = wanted.find(({ name }) => provision && name === configuration);
  const configured = first && fetchAndPrepare(desk, first).then((made) => inRole(desk, made));
  return await all(
    wanted.map((each) => (each === first && configured) || fetchAndPrepare(desk, each, configured)),
  );
}

async function inRole(desk: Desk, made: Made): Promise<Made> {
  await provision(desk, made.name, made.id);
  return made;
}

/** `before` is waited for between fetching and preparing. */
async function fetchAndPrepare(
  desk: Desk,
  { name, fetch }: Wanted,
  before?: Promise<unknown>,
): Promise<Made> {
  const work = async () => {
    const fetched = await fetch();
    await before;
    return await make(desk, name, fetched);
  };
  try {
    return await work();
  } catch (error) {
    if (!(await dropBrokenMirror(desk, name, error))) throw error;
    return await work();
  }
}

async function make(desk: Desk, name: string, fetched: Fetched): Promise<Made> {
  const { entry } = fetched;
  desk.events.aim = { ...desk.events.aim, [name]: entry };
  const current = currentRelease(desk.layout.repository(name));
  if (isAsWanted(desk, name, current, entry)) return { name, entry, id: current.id, isNew: false };
  return { name, entry, id: await prepare(desk, fetched), isNew: true };
}

/** A machine that lost power can have a mirror with holes: then it is removed, to be fetched anew. */
async function dropBrokenMirror(desk: Desk, name: string, error: unknown): Promise<boolean> {
  const { mirror } = desk.layout.repository(name);
  if (!(error instanceof HoldfastError) || error.name !== 'GitFailed' || !existsSync(mirror)) return false;
  if (await new Mirror(mirror, desk.git).isSound()) return false;
  desk.events.warn(`the mirror of repository ${name} is damaged; it is fetched anew`, { repository: name });
  rmSync(mirror, { recursive: true, force: true });
  return true;
}
