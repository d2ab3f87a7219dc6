import { type GitRepository, isGit } from '../../config/repository.ts';
import { type Entry, type GitEntry, isArtifact, type Tarball } from '../../release/release.ts';
import type { ReleaseRequest } from '../../release/release-request.ts';
import { decideTarget, recordedEntry } from '../../release/target-commit.ts';
import type { Session } from '../session/session.ts';
import { conventionalKey, downloadRecorded, type FoundTarball, findTarball } from '../tarball/overlay.ts';
import { invalidTarball } from '../tarball/tarball.ts';
import { isCurrent } from './apply.ts';
import { fetchRecorded, overlayMissing, repositoryOf } from './fetch.ts';
import { fetchCommit } from './fetch-commit.ts';
import type { Fetched } from './prepare.ts';

/** Decides one repository's release in manual mode, and fetches it. */
export async function fetchOne(
  session: Session,
  name: string,
  recorded: Entry | undefined,
  asked: ReleaseRequest | 'as recorded',
): Promise<Fetched> {
  const repository = repositoryOf(session, name);
  if (asked === 'as recorded') {
    if (recorded && isGit(repository) !== isArtifact(recorded))
      return await fetchRecorded(session, name, recorded, false);
    return await fetchOne(session, name, recorded, {});
  }
  if (!isGit(repository)) return await fetchArtifact(session, name, asked.overlay, recorded);
  return await fetchDecided(session, name, repository, recorded, asked);
}

async function fetchDecided(
  session: Session,
  name: string,
  repository: GitRepository,
  recorded: Entry | undefined,
  asked: ReleaseRequest,
): Promise<Fetched> {
  const target = decideTarget(asked, recorded, repository.branch);
  const known = recordedEntry(recorded, target.commit);
  const isProven = known?.branch === target.branch;
  const request = { repository: name, target, prove: target.commit !== undefined };
  const commit = isProven ? known.commit : await fetchCommit(session, name, repository, request);
  const kept = recordedEntry(recorded, commit)?.overlay;
  const overlay = await findOverlay(session, name, repository, { ...asked, commit, kept, isKnown: !!known });
  const entry: GitEntry = { branch: target.branch, commit, ...(overlay ? { overlay: overlay.tarball } : {}) };
  if (isProven) return await fetchRecorded(session, name, entry, false);
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

interface OverlayQuestion {
  commit: string;
  /** Key, or `none`. */
  overlay?: string | undefined;
  /** Recorded with this commit. */
  kept: Tarball | undefined;
  /** Whether the commit was given and is the recorded one. */
  isKnown: boolean;
}

/**
 * The requested overlay, else that of the recorded commit, else the commit's overlay by convention. A tip may have got
 * an overlay since it was recorded, so there the convention comes first.
 */
async function findOverlay(
  session: Session,
  name: string,
  repository: GitRepository,
  { commit, overlay: asked, kept, isKnown }: OverlayQuestion,
): Promise<FoundTarball | undefined> {
  const isRequired = repository.overlay === 'required';
  if (asked === 'none' && isRequired) throw overlayMissing(name, commit);
  if (asked === 'none' || (asked === undefined && repository.overlay === 'none')) return undefined;
  if (asked === undefined && kept && isKnown) return { tarball: kept };
  return await session.events.phase('look up', name, async () => {
    const key = asked ?? (await conventionalKey(session, name, commit));
    if (key !== undefined) return await findTarball(session, `overlay of repository ${name}`, name, key);
    if (kept) return { tarball: kept };
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
