import { HoldfastError } from './errors.ts';
import { type Entry, type GitEntry, isArtifact } from './release.ts';
import type { ReleaseRequest } from './release-request.ts';

/** Where to find one exact commit. */
export interface TargetCommit {
  branch: string;
  /** Left out: the tip of the branch. */
  commit?: string;
}

/**
 * The branch and commit to deploy, in manual mode and in the workflow.
 * - nothing given: the tip of the last recorded branch, else of the default branch;
 * - branch given: its tip;
 * - commit given: that commit, which must be reachable from the recorded (or default) branch;
 * - both given: that commit, which must be reachable from the given branch.
 */
export function decideTarget(
  wanted: ReleaseRequest,
  recorded: Entry | undefined,
  defaultBranch: string,
): TargetCommit {
  const last = recorded && !isArtifact(recorded) ? recorded.branch : defaultBranch;
  const branch = wanted.branch ?? last;
  return wanted.commit === undefined ? { branch } : { branch, commit: wanted.commit };
}

/**
 * The recorded entry, if it names this commit; else undefined. Such a commit keeps its overlay, and on its recorded
 * branch it needs no proof.
 */
export function recordedEntry(recorded: Entry | undefined, commit: string | undefined): GitEntry | undefined {
  return recorded && !isArtifact(recorded) && recorded.commit === commit ? recorded : undefined;
}

/** The error for a commit that is not on its branch. */
export function notOnBranch(repository: string, commit: string, branch: string): HoldfastError {
  return new HoldfastError(
    'UnknownCommit',
    `repository ${repository}: commit ${commit} is not on branch ${branch}; name the branch that holds it, or another commit`,
  );
}

/** The error for a branch that the repository does not have. */
export function noSuchBranch(repository: string, branch: string): HoldfastError {
  return new HoldfastError(
    'UnknownCommit',
    `repository ${repository}: found no branch ${branch}; push it, or name another`,
  );
}
