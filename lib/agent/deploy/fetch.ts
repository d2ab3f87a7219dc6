import { type GitRepository, isGit, type Repository } from '../../config/repository.ts';
import { HoldfastError } from '../../release/errors.ts';
import { type Entry, type GitEntry, isArtifact } from '../../release/release.ts';
import { all } from '../host/settle-all.ts';
import { lookAhead } from '../releases/reusable-release.ts';
import type { Desk } from '../session/session.ts';
import { downloadRecorded } from '../tarball/overlay.ts';
import { invalidTarball } from '../tarball/tarball.ts';
import { isCurrent } from './apply.ts';
import { archiveOrGit } from './commit-source.ts';
import type { Fetched } from './prepare.ts';

/** Fetches exactly what is recorded for a repository: the commit and the tarball at the same time. */
export async function fetchRecorded(
  desk: Desk,
  name: string,
  entry: Entry,
  mustProve: boolean,
): Promise<Fetched> {
  if (isCurrent(desk, name, entry)) return { name, entry };
  const repository = repositoryOf(desk, name);
  if (isArtifact(entry)) {
    if (isGit(repository)) throw otherKind(name, 'an artifact', 'a git repository');
    const what = `artifact of repository ${name}`;
    const download = await desk.events.phase('download', name, () =>
      downloadRecorded(desk, what, name, entry.artifact),
    );
    return { name, entry, download };
  }
  if (!isGit(repository)) throw otherKind(name, 'a commit', 'an artifact');
  return await fetchCommitAndOverlay(desk, name, repository, entry, mustProve);
}

async function fetchCommitAndOverlay(
  desk: Desk,
  name: string,
  repository: GitRepository,
  entry: GitEntry,
  mustProve: boolean,
): Promise<Fetched> {
  const { overlay, branch, commit } = entry;
  if (!overlay && repository.overlay === 'required') throw noOverlay(name, commit);
  const wish = { repository: name, target: { branch, commit }, prove: mustProve };
  const what = `overlay of repository ${name}`;
  const parts = await all<Promise<Parts>[]>([
    archiveOrGit(desk, name, repository, wish).then((archive) => (archive ? { archive } : {})),
    overlay
      ? desk.events
          .phase('download', name, () => downloadRecorded(desk, what, name, overlay))
          .then((download) => ({ download }))
      : Promise.resolve({}),
    lookAhead(desk, name, entry).then((untouched) => (untouched ? { untouched } : {})),
  ]);
  return Object.assign({ name, entry }, ...parts);
}

type Parts = Pick<Fetched, 'archive' | 'download' | 'untouched'>;

export function repositoryOf({ settings }: Desk, name: string): Repository {
  const repository = settings.repositories[name];
  if (repository) return repository;
  throw new HoldfastError('InvalidInput', `found no repository ${name} in the settings`);
}

/** The error of an overlay that has to be there and is not. */
export function noOverlay(name: string, commit: string): HoldfastError {
  return invalidTarball(`repository ${name}`, `found no overlay for commit ${commit}, and one is required`);
}

function otherKind(name: string, found: string, expected: string): HoldfastError {
  return new HoldfastError(
    'InvalidRecord',
    `repository ${name}: the record names ${found}, the settings say that it is ${expected}; record a release of the right kind`,
  );
}
