import { HoldfastError, messageOf } from '../../release/errors.ts';
import { noSuchBranch, notOnBranch, type TargetCommit } from '../../release/target-commit.ts';
import { retry } from '../../waiting/retry.ts';
import type { RunResult } from '../host/run.ts';
import { complaintOf, type Git } from './git.ts';
import type { Mirror, Origin } from './mirror.ts';
import { proveReachability } from './reachability.ts';

/** The commit to fetch, and whether to prove it. */
export interface CommitRequest {
  repository: string;
  target: TargetCommit;
  /** Whether the commit must be reachable from the branch. */
  prove: boolean;
}

export interface Source {
  git: Git;
  mirror: Mirror;
  /** Folder for temporary files. */
  work: string;
  /** Where to fetch from. Asked for only if something has to be fetched. */
  origin: () => Promise<Origin>;
}

/** Pauses before another attempt when the host cannot be reached. Milliseconds; 4 s in all. */
const pauses = [1_000, 3_000];

/** Gets one exact commit into the mirror and returns its hash. */
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
    // The host answers: the failure was temporary, or it cannot serve shallow fetches.
    const again = await mirror.fetchTip(origin, branch);
    if ('commit' in again) return again.commit;
    await mirror.fetchThroughBranch(origin, branch, tip);
    return tip;
  });
}

/** Proof and fetch run concurrently. If neither is needed, the host is not asked at all. */
async function fetchExactCommit(source: Source, request: CommitRequest, commit: string): Promise<string> {
  const isThere = source.mirror.has(commit);
  if (isThere && !request.prove) return commit;
  const origin = await source.origin();
  const proof = request.prove ? proveOnBranch(source, origin, request, commit) : Promise.resolve();
  const fetch = isThere ? Promise.resolve() : fetchCommit(source, origin, request, commit);
  const [proven, fetched] = await Promise.allSettled([proof, fetch]);
  // "Not on its branch" says more than "could not be fetched".
  for (const outcome of [proven, fetched]) if (outcome.status === 'rejected') throw outcome.reason;
  return commit;
}

/** Proves that the requested commit is on its branch; UnknownCommit when it is not. */
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
 * The host answered but did not give the commit: a temporary failure, no such commit, no commits by hash
 * (`uploadpack.allowReachableSHA1InWant` is off by default over the old protocol), or no shallow fetches. If the
 * commit is on its branch, fetching the branch brings it.
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

/** Tries again when git failed. Any other error is an answer. */
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
