import { type GitRepository, isGit, type Repository } from '../../config/repository.ts';
import { HoldfastError } from '../../release/errors.ts';
import { type Entry, type GitEntry, isArtifact } from '../../release/release.ts';
import { settleAll } from '../host/settle-all.ts';
import { lookForChanges } from '../releases/reusable-release.ts';
import type { Session } from '../session/session.ts';
import { downloadRecorded } from '../tarball/overlay.ts';
import { invalidTarball } from '../tarball/tarball.ts';
import { isCurrent } from './apply.ts';
import { archiveOrGit } from './commit-source.ts';
import type { Fetched } from './prepare.ts';

/** Fetches exactly the recorded entry of a repository: commit and tarball concurrently. */
export async function fetchRecorded(
  session: Session,
  name: string,
  entry: Entry,
  mustProve: boolean,
): Promise<Fetched> {
  if (isCurrent(session, name, entry)) return { name, entry };
  const repository = repositoryOf(session, name);
  if (isArtifact(entry)) {
    if (isGit(repository)) throw otherKindError(name, 'an artifact', 'a git repository');
    const what = `artifact of repository ${name}`;
    const download = await session.events.phase('download', name, () =>
      downloadRecorded(session, what, name, entry.artifact),
    );
    return { name, entry, download };
  }
  if (!isGit(repository)) throw otherKindError(name, 'a commit', 'an artifact');
  return await fetchCommitAndOverlay(session, name, repository, entry, mustProve);
}

async function fetchCommitAndOverlay(
  session: Session,
  name: string,
  repository: GitRepository,
  entry: GitEntry,
  mustProve: boolean,
): Promise<Fetched> {
  const { overlay, branch, commit } = entry;
  if (!overlay && repository.overlay === 'required') throw overlayMissing(name, commit);
  const request = { repository: name, target: { branch, commit }, prove: mustProve };
  const what = `overlay of repository ${name}`;
  const parts = await settleAll<Promise<Parts>[]>([
    archiveOrGit(session, name, repository, request).then((archive) => (archive ? { archive } : {})),
    overlay
      ? session.events
          .phase('download', name, () => downloadRecorded(session, what, name, overlay))
          .then((download) => ({ download }))
      : Promise.resolve({}),
    lookForChanges(session, name, entry).then((untouched) => (untouched ? { untouched } : {})),
  ]);
  return Object.assign({ name, entry }, ...parts);
}

type Parts = Pick<Fetched, 'archive' | 'download' | 'untouched'>;

export function repositoryOf({ settings }: Session, name: string): Repository {
  const repository = settings.repositories[name];
  if (repository) return repository;
  throw new HoldfastError('InvalidInput', `found no repository ${name} in the settings`);
}

/** The error for a missing overlay that is required. */
export function overlayMissing(name: string, commit: string): HoldfastError {
  return invalidTarball(`repository ${name}`, `found no overlay for commit ${commit}, and one is required`);
}

function otherKindError(name: string, found: string, expected: string): HoldfastError {
  return new HoldfastError(
    'InvalidRecord',
    `repository ${name}: the record names ${found}, the settings say that it is ${expected}; record a release of the right kind`,
  );
}
