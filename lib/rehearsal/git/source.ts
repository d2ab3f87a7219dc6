import { statSync } from 'node:fs';
import { branchRef, tipListed } from '../../release/branch-ref.ts';
import { HoldfastError } from '../../release/errors.ts';
import { branchProblem } from '../../release/identifiers.ts';
import { git } from './git.ts';

/** A repository as named on the command line: a path on this machine, or a url. */
export interface Source {
  /** Path or url. */
  location: string;
  isPath: boolean;
  /** The given branch, otherwise the one that HEAD names. */
  branch: string;
}

export async function findSource(location: string, branch?: string): Promise<Source> {
  const isPath = isFolder(location);
  if (!isPath && !URL.canParse(location)) {
    throw new HoldfastError(
      'InvalidInput',
      `repository ${location}: found neither a folder nor a url; give a path or a clone url`,
    );
  }
  const problem = branch === undefined ? undefined : branchProblem(branch);
  if (problem) throw new HoldfastError('InvalidInput', `branch ${JSON.stringify(branch)}: ${problem}`);
  return { location, isPath, branch: branch ?? (await headBranch(location, isPath)) };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

async function headBranch(location: string, isPath: boolean): Promise<string> {
  const answer = isPath
    ? await git(['symbolic-ref', '--quiet', 'HEAD'], location).catch(() => '')
    : await git(['ls-remote', '--symref', '--', location, 'HEAD']);
  const branch = /refs\/heads\/(\S+)/.exec(answer)?.[1];
  if (branch) return branch;
  throw new HoldfastError('InvalidInput', `repository ${location}: its HEAD names no branch; give --branch`);
}

/** The commit at the tip of a source's branch. */
export async function tipOf({ location, branch }: Source): Promise<string> {
  const commit = tipListed(await git(['ls-remote', '--', location, branchRef(branch)]), branch);
  if (commit) return commit;
  throw new HoldfastError(
    'InvalidInput',
    `repository ${location}: found no branch ${branch}; push it, or give another --branch`,
  );
}

/** The full hash of a commit. Abbreviations and tags are resolved in a repository on this machine. */
export async function fullCommit(source: Source, name: string): Promise<string> {
  if (/^[0-9a-f]{40}$/.test(name)) return name;
  if (source.isPath && /^[A-Za-z0-9._/~^-]+$/.test(name) && !name.startsWith('-')) {
    return await git(['rev-parse', '--verify', '--end-of-options', `${name}^{commit}`], source.location);
  }
  throw new HoldfastError(
    'InvalidInput',
    `commit ${JSON.stringify(name)}: expected 40 hex digits${source.isPath ? ' or a revision' : '; a short hash needs a repository on this machine'}`,
  );
}
