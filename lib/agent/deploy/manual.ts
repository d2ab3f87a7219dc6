import { type GitRepository, isGit, primaryRepository } from '../../config/repository.ts';
import { HoldfastError } from '../../release/errors.ts';
import { type Entry, type GitEntry, isArtifact, type Release } from '../../release/release.ts';
import type { ReleaseRequest } from '../../release/release-request.ts';
import { decide } from '../../release/target-commit.ts';
import type { Desk } from '../session/session.ts';
import { conventionalKey, downloadRecorded, type Found, lookUp } from '../tarball/overlay.ts';
import { invalidTarball } from '../tarball/tarball.ts';
import { type Applied, apply, isCurrent } from './apply.ts';
import { noOverlay, repositoryOf } from './fetch.ts';
import { fetchCommit } from './fetch-commit.ts';
import type { Fetched } from './prepare.ts';
import { readRecord, recordRelease } from './record.ts';

/** Manual mode: decides a release, applies it, then records it. */
export async function deployManual(desk: Desk, asked: ReleaseRequest): Promise<Applied> {
  const { settings, events } = desk;
  const primary = primaryRepository(settings.repositories, settings.configuration);
  refuseImpossible(desk, primary, asked);
  const before = await events.phase('read record', undefined, () =>
    readRecord(desk, settings.parameters.deployed),
  );
  const wanted = Object.keys(settings.repositories).map((name) => ({
    name,
    fetch: () => fetchDecided(desk, name, name === primary ? asked : {}, before?.record.release[name]),
  }));
  const applied = await apply(desk, wanted);
  // Repositories of other machines' settings stay as they were recorded.
  const release: Release = { ...before?.record.release, ...applied.release };
  const isWritten = await events.phase('record', undefined, () => recordRelease(desk, before, release));
  events.tell(isWritten ? 'recorded' : 'already recorded', {
    parameter: settings.parameters.deployed,
    release,
  });
  return applied;
}

function refuseImpossible(desk: Desk, primary: string, { branch, commit }: ReleaseRequest): void {
  if (isGit(repositoryOf(desk, primary)) || (branch === undefined && commit === undefined)) return;
  throw new HoldfastError(
    'InvalidInput',
    `repository ${primary} is an artifact and has no branches and commits; name its tarball with --overlay`,
  );
}

async function fetchDecided(
  desk: Desk,
  name: string,
  asked: ReleaseRequest,
  recorded: Entry | undefined,
): Promise<Fetched> {
  const repository = repositoryOf(desk, name);
  if (!isGit(repository)) return await fetchArtifact(desk, name, asked.overlay, recorded);
  const target = decide(asked, recorded, repository.branch);
  const wish = { repository: name, target, prove: target.commit !== undefined };
  const commit = await fetchCommit(desk, name, repository, wish);
  const overlay = await findOverlay(desk, name, repository, commit, asked.overlay);
  const entry: GitEntry = { branch: target.branch, commit, ...(overlay ? { overlay: overlay.tarball } : {}) };
  return await withDownload(desk, name, entry, overlay);
}

async function fetchArtifact(
  desk: Desk,
  name: string,
  key: string | undefined,
  recorded: Entry | undefined,
): Promise<Fetched> {
  const what = `artifact of repository ${name}`;
  if (key !== undefined && key !== 'none') {
    const found = await desk.events.phase('look up', name, () => lookUp(desk, what, name, key));
    return await withDownload(desk, name, { artifact: found.tarball }, found);
  }
  if (recorded && isArtifact(recorded))
    return await withDownload(desk, name, recorded, { tarball: recorded.artifact });
  throw invalidTarball(what, 'found none recorded, expected its key with --overlay');
}

/** The overlay that was asked for, or the one that belongs to the commit by convention. */
async function findOverlay(
  desk: Desk,
  name: string,
  repository: GitRepository,
  commit: string,
  asked: string | undefined,
): Promise<Found | undefined> {
  const isRequired = repository.overlay === 'required';
  if (asked === 'none' && isRequired) throw noOverlay(name, commit);
  if (asked === 'none' || (asked === undefined && repository.overlay === 'none')) return undefined;
  return await desk.events.phase('look up', name, async () => {
    const key = asked ?? (await conventionalKey(desk, name, commit));
    if (key !== undefined) return await lookUp(desk, `overlay of repository ${name}`, name, key);
    if (isRequired) throw noOverlay(name, commit);
    return undefined;
  });
}

/** With the bytes of the tarball, unless they are on this machine already, unpacked. */
async function withDownload(
  desk: Desk,
  name: string,
  entry: Entry,
  found: Found | undefined,
): Promise<Fetched> {
  if (!found || isCurrent(desk, name, entry)) return { name, entry };
  const { tarball, download } = found;
  const what = `tarball of repository ${name}`;
  const bytes =
    download ??
    (await desk.events.phase('download', name, () => downloadRecorded(desk, what, name, tarball)));
  return { name, entry, download: bytes };
}
