import { type GitRepository, isGit, primaryRepository } from '../../config/repository.ts';
import { HoldfastError } from '../../release/errors.ts';
import { type Entry, type GitEntry, isArtifact, type Release } from '../../release/release.ts';
import type { ReleaseRequest } from '../../release/release-request.ts';
import { decideTarget } from '../../release/target-commit.ts';
import type { Session } from '../session/session.ts';
import { conventionalKey, downloadRecorded, type FoundTarball, findTarball } from '../tarball/overlay.ts';
import { invalidTarball } from '../tarball/tarball.ts';
import { type Applied, apply, isCurrent } from './apply.ts';
import { overlayMissing, repositoryOf } from './fetch.ts';
import { fetchCommit } from './fetch-commit.ts';
import type { Fetched } from './prepare.ts';
import { readRecord, recordRelease } from './record.ts';

/** Manual mode: decides a release, applies it, then records it. */
export async function deployManual(session: Session, asked: ReleaseRequest): Promise<Applied> {
  const { settings, events } = session;
  const primary = primaryRepository(settings.repositories, settings.configuration);
  refuseImpossible(session, primary, asked);
  const before = await events.phase('read record', undefined, () =>
    readRecord(session, settings.parameters.deployed),
  );
  const wanted = Object.keys(settings.repositories).map((name) => ({
    name,
    fetch: () => fetchDecided(session, name, name === primary ? asked : {}, before?.record.release[name]),
  }));
  const applied = await apply(session, wanted);
  // Repositories of other machines' settings stay as recorded.
  const release: Release = { ...before?.record.release, ...applied.release };
  const isWritten = await events.phase('record', undefined, () => recordRelease(session, before, release));
  events.tell(isWritten ? 'recorded' : 'already recorded', {
    parameter: settings.parameters.deployed,
    release,
  });
  return applied;
}

function refuseImpossible(session: Session, primary: string, { branch, commit }: ReleaseRequest): void {
  if (isGit(repositoryOf(session, primary)) || (branch === undefined && commit === undefined)) return;
  throw new HoldfastError(
    'InvalidInput',
    `repository ${primary} is an artifact and has no branches and commits; name its tarball with --overlay`,
  );
}

async function fetchDecided(
  session: Session,
  name: string,
  asked: ReleaseRequest,
  recorded: Entry | undefined,
): Promise<Fetched> {
  const repository = repositoryOf(session, name);
  if (!isGit(repository)) return await fetchArtifact(session, name, asked.overlay, recorded);
  const target = decideTarget(asked, recorded, repository.branch);
  const request = { repository: name, target, prove: target.commit !== undefined };
  const commit = await fetchCommit(session, name, repository, request);
  const overlay = await findOverlay(session, name, repository, commit, asked.overlay);
  const entry: GitEntry = { branch: target.branch, commit, ...(overlay ? { overlay: overlay.tarball } : {}) };
  return await withDownload(session, name, entry, overlay);
}

async function fetchArtifact(
  session: Session,
  name: string,
  key: string | undefined,
  recorded: Entry | undefined,
): Promise<Fetched> {
  const what = `artifact of repository ${name}`;
  if (key !== undefined && key !== 'none') {
    const found = await session.events.phase('look up', name, () => findTarball(session, what, name, key));
    return await withDownload(session, name, { artifact: found.tarball }, found);
  }
  if (recorded && isArtifact(recorded))
    return await withDownload(session, name, recorded, { tarball: recorded.artifact });
  throw invalidTarball(what, 'found none recorded, expected its key with --overlay');
}

/** The requested overlay, or the commit's overlay by convention. */
async function findOverlay(
  session: Session,
  name: string,
  repository: GitRepository,
  commit: string,
  asked: string | undefined,
): Promise<FoundTarball | undefined> {
  const isRequired = repository.overlay === 'required';
  if (asked === 'none' && isRequired) throw overlayMissing(name, commit);
  if (asked === 'none' || (asked === undefined && repository.overlay === 'none')) return undefined;
  return await session.events.phase('look up', name, async () => {
    const key = asked ?? (await conventionalKey(session, name, commit));
    if (key !== undefined) return await findTarball(session, `overlay of repository ${name}`, name, key);
    if (isRequired) throw overlayMissing(name, commit);
    return undefined;
  });
}

/** Downloads the tarball unless it is unpacked on this machine already. */
async function withDownload(
  session: Session,
  name: string,
  entry: Entry,
  found: FoundTarball | undefined,
): Promise<Fetched> {
  if (!found || isCurrent(session, name, entry)) return { name, entry };
  const { tarball, download } = found;
  const what = `tarball of repository ${name}`;
  const bytes =
    download ??
    (await session.events.phase('download', name, () => downloadRecorded(session, what, name, tarball)));
  return { name, entry, download: bytes };
}
