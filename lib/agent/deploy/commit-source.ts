import { existsSync } from 'node:fs';
import type { GitRepository } from '../../config/repository.ts';
import { HoldfastError } from '../../release/errors.ts';
import { type ArchivedTree, takeArchive } from '../archive/download.ts';
import type { Wish } from '../git/fetch-strategy.ts';
import { Mirror } from '../git/mirror.ts';
import { currentRelease } from '../releases/release-notes.ts';
import type { Desk } from '../session/session.ts';
import { fetchCommit, proveOnly } from './fetch-commit.ts';

/** A commit that was wished for by its hash. */
export interface ExactWish extends Wish {
  target: { branch: string; commit: string };
}

/**
 * Gets a commit: as a tree from its archive, or into the mirror from git (undefined). A machine without a release asks for
 * the archive first: it needs neither the git host nor git's time. One that has a release needs little of git, so there the
 * archive stands in when git cannot be reached. What has to be proven is proven against git either way.
 */
export async function archiveOrGit(
  desk: Desk,
  name: string,
  repository: GitRepository,
  wish: ExactWish,
): Promise<ArchivedTree | undefined> {
  const paths = desk.layout.repository(name);
  const fromGit = async (wished: Wish) => {
    await fetchCommit(desk, name, repository, wished);
    return undefined;
  };
  const { commit } = wish.target;
  if (new Mirror(paths.mirror, desk.git).has(commit)) return await fromGit(wish);
  if (currentRelease(paths) && existsSync(paths.mirror))
    return await fromGit(wish).catch((error: unknown) => insteadOfGit(desk, name, wish, error));
  const [proven, got] = await Promise.allSettled([
    wish.prove ? proveOnly(desk, name, repository, wish) : undefined,
    takeArchive(desk, name, commit).then(async (taken) => {
      if ('tree' in taken) return taken.tree;
      return await fromGit({ ...wish, prove: false }).catch((error: unknown) => {
        throw neither(error, taken.because);
      });
    }),
  ]);
  // That the commit is not on its branch says more than that it could not be fetched.
  if (proven.status === 'rejected') throw proven.reason;
  if (got.status === 'rejected') throw got.reason;
  return got.value;
}

/** The archive, when git could not be reached and nothing has to be proven. */
async function insteadOfGit(
  desk: Desk,
  name: string,
  wish: ExactWish,
  error: unknown,
): Promise<ArchivedTree> {
  if (wish.prove || !isOutOfReach(error)) throw error;
  const taken = await takeArchive(desk, name, wish.target.commit);
  if ('tree' in taken) return taken.tree;
  throw neither(error, taken.because);
}

function isOutOfReach(error: unknown): error is HoldfastError {
  return error instanceof HoldfastError && error.name === 'GitFailed';
}

/** Says why nothing stood in for git. */
function neither(error: unknown, because: string): unknown {
  if (!isOutOfReach(error)) return error;
  return new HoldfastError(error.name, `${error.message}; ${because}`, { cause: error });
}
