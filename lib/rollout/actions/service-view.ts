import { HoldfastError } from '../../release/errors.ts';
import type { Fleet } from '../decisions/fleet.ts';
import { neededInstances, raisedLimits } from '../decisions/needed.ts';
import { recordedFleet } from '../decisions/recorded-fleet.ts';
import type { Journal } from '../journal.ts';
import { findHosts } from './find-hosts.ts';
import type { JournalOwner } from './ownership.ts';
import {
  newestSettings,
  type PinnedSettings,
  type Recorded,
  recordOfJournal,
  settingsAt,
} from './settings.ts';
import type { Adapters } from './step-context.ts';

type ViewDeps = Pick<Adapters, 'groups' | 'parameters' | 'environment'>;

/** The state of a service as settle sees it. */
export interface ServiceView {
  /** The newest settings: capacity and rules. */
  newest: PinnedSettings;
  recorded: Recorded | undefined;
  /** The fleet that the record names; `undefined` although there is a record: the fleet is gone. */
  serving: Fleet | undefined;
  /** Every other fleet of the service; none where the instances record: nothing is ended there. */
  others: Fleet[];
}

export async function viewService(deps: ViewDeps, owner: JournalOwner): Promise<ServiceView> {
  const { journal } = owner;
  const [newest, recorded, fleets] = await Promise.all([
    newestSettings(deps, journal.service, journal.candidate?.settings),
    recordOfJournal(deps, journal),
    fleetsOf(deps, journal),
  ]);
  if (newest.settings.record === 'instances')
    return { newest, recorded, serving: await findHosts(deps, journal.service), others: [] };
  const serving = recorded && recordedFleet(recorded.record, fleets, unrecordedFleet(journal, recorded));
  return { newest, recorded, serving, others: fleets.filter(({ name }) => name !== serving?.name) };
}

/** Name of the candidate's fleet, as long as the record does not name it. */
function unrecordedFleet({ candidate }: Journal, { record }: Recorded): string | undefined {
  return candidate && record.fleet !== candidate.fleet ? candidate.fleet : undefined;
}

/**
 * The fleets of a service. Search by tags lags behind creation, so the candidate's fleet is also asked for by name.
 */
async function fleetsOf(deps: ViewDeps, { service, candidate }: Journal): Promise<Fleet[]> {
  const [listed, candidateFleet] = await Promise.all([
    deps.groups.list(deps.environment, service),
    candidate && deps.groups.get(candidate.fleet),
  ]);
  if (!candidateFleet || listed.some(({ name }) => name === candidateFleet.name)) return listed;
  return [...listed, candidateFleet];
}

/** A running deployment as the steps of the rollout see it. */
export interface CandidateView {
  candidate: NonNullable<Journal['candidate']>;
  /** The settings that the candidate is pinned to. */
  settings: PinnedSettings;
  /** The candidate's fleet. */
  group: Fleet | undefined;
  recorded: Recorded | undefined;
  /** The fleet that serves. */
  live: Fleet | undefined;
  /** Instances that the candidate needs. The live fleet may have grown since the last look. */
  need: number;
}

export async function viewCandidate(deps: ViewDeps, owner: JournalOwner): Promise<CandidateView> {
  const { journal } = owner;
  const { candidate } = journal;
  if (!candidate) {
    throw new HoldfastError(
      'InvalidRecord',
      `the journal of service ${journal.service} names no candidate, expected what prepare noted; deploy again`,
    );
  }
  const [settings, recorded, fleets] = await Promise.all([
    settingsAt(deps, journal.service, candidate.settings),
    recordOfJournal(deps, journal),
    fleetsOf(deps, journal),
  ]);
  const live = recorded && recordedFleet(recorded.record, fleets, candidate.fleet);
  const group = fleets.find(({ name }) => name === candidate.fleet);
  const need = neededInstances(settings.settings.capacity.min, live?.desired);
  return { candidate, settings, group, recorded, live, need };
}

/** The candidate's fleet. Throws when it is gone: someone deleted it. */
export function requireFleet({ candidate, group }: CandidateView): Fleet {
  if (group && !group.deleting) return group;
  throw new HoldfastError(
    'CandidateNotReady',
    `the candidate's group ${candidate.fleet} is gone, expected it until the deployment ends; someone deleted it, deploy again`,
  );
}

/** Raises a fleet to the needed size. Returns whether it was too small. */
export async function raiseFleet(
  deps: Pick<Adapters, 'groups'>,
  owner: JournalOwner,
  group: Fleet,
  need: number,
): Promise<boolean> {
  const sizes = raisedLimits(group, need);
  if (!sizes) return false;
  await owner.act(() => deps.groups.resize(group.name, sizes));
  return true;
}
