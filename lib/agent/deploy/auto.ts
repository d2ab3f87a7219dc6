import { HoldfastError } from '../../release/errors.ts';
import { type Release, sameCommit } from '../../release/release.ts';
import { isInRole } from '../provision/provision.ts';
import type { Session } from '../session/session.ts';
import { type Applied, apply, isAllCurrent, keep } from './apply.ts';
import { takeChosenBranch } from './chosen-branch.ts';
import { fetchRecorded } from './fetch.ts';
import { type ReadRecord, readRecord } from './record.ts';

/**
 * Auto mode: applies exactly the recorded release, read once. `early` is a read that began before the lock was taken.
 */
export async function deployAuto(
  session: Session,
  early?: Promise<ReadRecord | undefined>,
): Promise<Applied> {
  const parameter = session.settings.parameters.release;
  const recorded = await session.events.phase('read record', undefined, () =>
    early && !session.hasWaited ? early : readRecord(session, parameter),
  );
  if (!recorded) {
    throw new HoldfastError(
      'NothingRecorded',
      `parameter ${parameter} does not exist: nothing was ever deployed; deploy a release first`,
    );
  }
  const release = await takeChosenBranch(session, releaseFor(session, recorded));
  session.events.aim = release;
  session.events.tell('release', { parameter: recorded.parameter, release });
  if (isAllCurrent(session, release) && isInRole(session)) return await keep(session, release);
  const proven = await provenRelease(session, recorded);
  const wanted = Object.entries(release).map(([name, entry]) => ({
    name,
    fetch: () => fetchRecorded(session, name, entry, !sameCommit(proven[name], entry)),
  }));
  return await apply(session, wanted);
}

/**
 * The record's entries for this machine's repositories. A repository that the record does not name yet stays as it
 * is.
 */
function releaseFor(session: Session, { record, parameter }: ReadRecord): Release {
  const names = Object.keys(session.settings.repositories);
  const known = names.filter((name) => record.release[name]);
  for (const name of names.filter((each) => !known.includes(each)))
    session.events.warn(
      `record ${parameter} does not name repository ${name}; the repository stays as it is`,
      {
        repository: name,
      },
    );
  for (const name of Object.keys(record.release).filter((each) => !names.includes(each)))
    session.events.warn(
      `record ${parameter} names repository ${name}, which is not in these settings; it is ignored`,
      {
        repository: name,
      },
    );
  const release = Object.fromEntries(Object.entries(record.release).filter(([name]) => known.includes(name)));
  if (known.length > 0) return release;
  throw new HoldfastError(
    'NothingRecorded',
    `record ${parameter} names none of the repositories ${names.join(', ')}; deploy a release of them first`,
  );
}

/**
 * Commits that are known to be on their branches: all of a verified record, else those that were deployed before.
 */
async function provenRelease(session: Session, { record }: ReadRecord): Promise<Release> {
  if (record.verified) return record.release;
  const deployed = await readRecord(session, session.settings.parameters.deployed);
  return deployed?.record.release ?? {};
}
