import { existsSync } from 'node:fs';
import type { GitRepository } from '../../config/repository.ts';
import { HoldfastError } from '../../release/errors.ts';
import { type ArchivedTree, downloadArchive } from '../archive/download.ts';
import type { CommitRequest } from '../git/fetch-strategy.ts';
import { Mirror } from '../git/mirror.ts';
import { currentRelease } from '../releases/release-notes.ts';
import type { Session } from '../session/session.ts';
import { raceArchive } from './archive-race.ts';
import { fetchCommit, proveOnly } from './fetch-commit.ts';

/** A request for an exact commit. */
export interface ExactCommitRequest extends CommitRequest {
  target: { branch: string; commit: string };
}

/**
 * Gets a commit: as a tree from its archive, or into the mirror from git (undefined). A machine without a release
 * tries the archive first, which needs neither the git host nor git's time; git begins when it is late. A machine with a release needs little
 * from git, so there the archive stands in when git cannot be reached. Proofs are made against git either way.
 */
export async function archiveOrGit(
  session: Session,
  name: string,
  repository: GitRepository,
  request: ExactCommitRequest,
): Promise<ArchivedTree | undefined> {
  const paths = session.layout.repository(name);
  const fromGit = async (wished: CommitRequest, stop?: AbortSignal) => {
    await fetchCommit(session, name, repository, wished, stop);
    return undefined;
  };
  const { commit } = request.target;
  if (new Mirror(paths.mirror, session.git).has(commit)) return await fromGit(request);
  if (currentRelease(paths) && existsSync(paths.mirror))
    return await fromGit(request).catch((error: unknown) => insteadOfGit(session, name, request, error));
  const [proven, got] = await Promise.allSettled([
    request.prove ? proveOnly(session, name, repository, request) : undefined,
    raceArchive(
      {
        archive: (stop) => downloadArchive(session, name, commit, stop),
        git: (stop) => fromGit({ ...request, prove: false }, stop),
      },
      combineErrors,
    ),
  ]);
  // "Not on its branch" says more than "could not be fetched".
  if (proven.status === 'rejected') throw proven.reason;
  if (got.status === 'rejected') throw got.reason;
  return got.value;
}

/** The archive, when git cannot be reached and nothing has to be proven. */
async function insteadOfGit(
  session: Session,
  name: string,
  request: ExactCommitRequest,
  error: unknown,
): Promise<ArchivedTree> {
  if (request.prove || !isOutOfReach(error)) throw error;
  const taken = await downloadArchive(session, name, request.target.commit);
  if ('tree' in taken) return taken.tree;
  throw combineErrors(error, taken.because);
}

function isOutOfReach(error: unknown): error is HoldfastError {
  return error instanceof HoldfastError && error.name === 'GitFailed';
}

/** Adds why nothing could stand in for git. */
function combineErrors(error: unknown, because: string): unknown {
  if (!isOutOfReach(error)) return error;
  return new HoldfastError(error.name, `${error.message}; ${because}`, { cause: error });
}
