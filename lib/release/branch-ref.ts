/**
 * Exactly one ref of a git host, or none. Git completes names: asked for `refs/heads/main`, `ls-remote` lists every ref
 * that ends so, and `fetch` takes a tag called `refs/heads/main` when the branch is gone.
 */

/** The ref of a branch. */
export function branchRef(branch: string): string {
  return `refs/heads/${branch}`;
}

/** Where git also looks for a name (gitrevisions), most of all when no ref has it. */
const completions = ['refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'];

/** Refspecs for `git fetch` that take a branch into a ref, and no other ref in its place. Needs git 2.29. */
export function branchRefspecs(branch: string, into: string): string[] {
  const name = branchRef(branch);
  const others = [...completions.map((folder) => `${folder}${name}`), `refs/remotes/${name}/HEAD`];
  return [`${name}:${into}`, ...others.map((other) => `^${other}`)];
}

/** The tip of a branch in the answer of `git ls-remote`: lines of hash, tab, ref. */
export function tipListed(listing: string, branch: string): string | undefined {
  const end = `\t${branchRef(branch)}`;
  const line = listing.split('\n').find((each) => each.endsWith(end));
  return /^[0-9a-f]{40}$/.exec(line?.slice(0, -end.length) ?? '')?.[0];
}
