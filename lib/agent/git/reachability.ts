import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { branchRefspecs } from '../../release/branch-ref.ts';
import { Lines } from '../host/lines.ts';
import { type Git, type GitPlace, gitFailed } from './git.ts';
import type { Origin } from './mirror.ts';

/** Commits of the first fetch: nearly always enough, and 13 KB. */
const shallowDepth = 64;

/** Position of a commit relative to its branch. */
export type Reachability = 'on branch' | 'not on branch';

/**
 * Whether a commit is reachable from a branch, found from commits alone: `--filter=tree:0` leaves out trees and
 * files, and a host that does not know the filter sends more and proves the same.
 *
 * It uses a temporary repository. In a partial clone, asking git about a commit that it lacks (`merge-base
 * --is-ancestor`) would fetch the whole history with its trees; so the history is listed and searched.
 */
export async function proveReachability(
  git: Git,
  work: string,
  origin: Origin,
  branch: string,
  commit: string,
): Promise<Reachability> {
  // A host that cannot serve shallow fetches may serve the whole history.
  const near = await historyHolds(git, work, origin, branch, commit, [`--depth=${shallowDepth}`]).catch(
    () => false,
  );
  // A new fetch: deepening takes longer than fetching all commits at once.
  const isOn = near || (await historyHolds(git, work, origin, branch, commit, []));
  return isOn ? 'on branch' : 'not on branch';
}

async function historyHolds(
  git: Git,
  work: string,
  { url, access }: Origin,
  branch: string,
  commit: string,
  depth: readonly string[],
): Promise<boolean> {
  const dir = mkdtempSync(join(work, 'proof-'));
  const place = { dir };
  try {
    await git.run(place, ['init', '--quiet', '--bare', '--template=', dir]);
    const options = ['--quiet', '--no-tags', '--update-shallow', '--filter=tree:0', ...depth];
    const args = ['fetch', ...options, '--', url, ...branchRefspecs(branch, 'refs/heads/proof')];
    const fetched = await git.try(place, args, { access });
    if (fetched.code !== 0) throw gitFailed(args, fetched);
    return await isListed(git, place, commit);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Searches the history for a commit, however long it is. */
async function isListed(git: Git, place: GitPlace, commit: string): Promise<boolean> {
  let isFound = false;
  const lines = new Lines((line) => {
    isFound ||= line === commit;
  });
  const args = ['rev-list', 'refs/heads/proof'];
  const listed = await git.try(place, args, { onOutput: (chunk) => lines.add(chunk) });
  if (listed.code !== 0) throw gitFailed(args, listed);
  return isFound;
}
