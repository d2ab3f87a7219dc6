import type { BranchTips } from '../git/branch-tips.ts';
import { HoldfastError } from '../release/errors.ts';

/** Git hosts of a simulation: by url, branches with their commits, oldest first. */
export class SimulatedGit implements BranchTips {
  /** Whether the hosts are away. */
  isDown = false;
  readonly #branches = new Map<string, string[]>();

  /** Adds commits to a branch. */
  push(url: string, branch: string, ...commits: string[]): void {
    this.#branches.set(key(url, branch), [...this.#commits(url, branch), ...commits]);
  }

  /** Deletes a branch. */
  remove(url: string, branch: string): void {
    this.#branches.delete(key(url, branch));
  }

  async tip({ url }: { url: string }, branch: string): Promise<string | undefined> {
    this.#refuseWhenDown(url);
    return this.#commits(url, branch).at(-1);
  }

  /** Whether a commit is reachable from a branch. */
  async holds(url: string, branch: string, commit: string): Promise<boolean> {
    this.#refuseWhenDown(url);
    return this.#commits(url, branch).includes(commit);
  }

  #commits(url: string, branch: string): readonly string[] {
    return this.#branches.get(key(url, branch)) ?? [];
  }

  #refuseWhenDown(url: string): void {
    if (this.isDown) throw new HoldfastError('GitFailed', `${url}: the host does not answer`);
  }
}

function key(url: string, branch: string): string {
  return `${url} ${branch}`;
}

/** Hash of the nth commit of a simulation. */
export function commitHash(number: number): string {
  return (number % 256).toString(16).padStart(2, '0').repeat(20);
}
