import { HoldfastError, messageOf } from '../../release/errors.ts';
import { noSuchBranch, notOnBranch, type TargetCommit } from '../../release/target-commit.ts';
import { retry } from '../../waiting/retry.ts';
import type { RunResult } from '../host/run.ts';
import { complaintOf, type Git } from './git.ts';
import type { Mirror, Origin } from './mirror.ts';
import { proveReachability } from './reachability.ts';

/** What to get of a repository, and how sure to be of it. */
export interface CommitRequest {
  repository: string;
  target: TargetCommit;
  /** The commit must be reachable from the branch. */
  prove: boolean;
}

export interface Source {
  git: Git;
  mirror: Mirror;
  /** Folder for what is thrown away. */
  work: string;
  /** Where to fetch from; not asked for when nothing has to be fetched. */
  origin: () => Promise<Origin>;
}

/** Pauses before another attempt when the host cannot be reached. Milliseconds; 4 s in all. */
const pauses = [1_000, 3_000];

/** Gets one exact commit into the mirror and gives its hash. */
export async function fetchByStrategy(source: Source, request: CommitRequest): Promise<string> {
  const { target } = request;
  return target.commit === undefined
    ? await fetchTip(source, request)
    : await fetchExactCommit(source, request, target.commit);
}

async function fetchTip(source: Source, { repository, target: { branch } }: CommitRequest): Promise<string> {
  const { mirror } = source;
  const origin = await source.origin();
  return await retryFetch(repository, async () => {
    const fetched = await mirror.fetchTip(origin, branch);
    if ('commit' in fetched) return fetched.commit;
    const tip = await mirror.askTip(origin, branch);
    if (tip === undefined) throw noSuchBranch(repository, branch);
    // The host answers: what failed was a stumble, or it cannot serve shallow fetches.
    const again = await mirror.fetchTip(origin, branch);
    if ('commit' in again) return again.commit;
    await mirror.fetchThroughBranch(origin, branch, tip);
    return tip;
  });
}

/** The proof runs beside the fetch. With neither to do, the host is not asked anything. */
async function fetchExactCommit(source: Source, request: CommitRequest, commit: string): Promise<string> {
  const isThere = source.mirror.has(commit);
  if (isThere && !request.prove) return commit;
  const origin = await source.origin();
  const proof = request.prove ? proveOnBranch(source, origin, request, commit) : Promise.resolve();
  const fetch = isThere ? Promise.resolve() : fetchCommit(source, origin, request, commit);
  const [proven, fetched] = await Promise.allSettled([proof, fetch]);
  // That the commit is not on its branch says more than that it could not be fetched.
  for (const outcome of [proven, fetched]) if (outcome.status === 'rejected') throw outcome.reason;
  return commit;
}

/** Proves that the wished commit is on its branch; UnknownCommit when it is not. */
export async function proveCommit(source: Source, origin: Origin, request: CommitRequest): Promise<void> {
  if (request.target.commit !== undefined)
    await proveOnBranch(source, origin, request, request.target.commit);
}

async function proveOnBranch(
  source: Source,
  origin: Origin,
  request: CommitRequest,
  commit: string,
): Promise<void> {
  const { repository, target } = request;
  const standing = await retryFetch(repository, async () => {
    try {
      return await proveReachability(source.git, source.work, origin, target.branch, commit);
    } catch (error) {
      if (!(await source.mirror.askTip(origin, target.branch))) throw noSuchBranch(repository, target.branch);
      throw error;
    }
  });
  if (standing === 'not on branch') throw notOnBranch(repository, commit, target.branch);
}

async function fetchCommit(
  source: Source,
  origin: Origin,
  request: CommitRequest,
  commit: string,
): Promise<void> {
  await retryFetch(request.repository, async () => {
    const ran = await source.mirror.fetchCommit(origin, commit);
    if (ran.code !== 0) await fetchOtherwise(source, origin, request, commit);
  });
}

/**
 * A host that answers but did not give the commit stumbled, or does not have it, or gives nothing by its hash
 * (`uploadpack.allowReachableSHA1InWant` is off by default over the old protocol), or cannot serve shallow fetches. If
 * the commit is on its branch, the branch brings it.
 */
async function fetchOtherwise(
  { git, mirror, work }: Source,
  origin: Origin,
  { repository, target: { branch } }: CommitRequest,
  commit: string,
): Promise<void> {
  const hasBranch = await mirror.askTip(origin, branch);
  const again = await mirror.fetchCommit(origin, commit);
  if (again.code === 0) return;
  if (!hasBranch || (await proveReachability(git, work, origin, branch, commit)) === 'not on branch')
    throw commitMissing(repository, commit, again);
  await mirror.fetchThroughBranch(origin, branch, commit);
}

function commitMissing(repository: string, commit: string, refused: RunResult): HoldfastError {
  return new HoldfastError(
    'UnknownCommit',
    `repository ${repository}: the host does not give commit ${commit} (${complaintOf(refused.stderr)}); push it, or name another`,
  );
}

/** Tries again when git could not do it; anything else that is thrown is an answer. */
async function retryFetch<T>(repository: string, work: () => Promise<T>): Promise<T> {
  const mayPass = (error: unknown) => error instanceof HoldfastError && error.name === 'GitFailed';
  return await retry(work, pauses, { mayPass }).catch((cause: unknown) => {
    if (!mayPass(cause)) throw cause;
    throw new HoldfastError(
      'GitFailed',
      `repository ${repository}: ${messageOf(cause)}; asked ${pauses.length + 1} times, deploy again when the host answers`,
      { cause },
    );
  });
}
