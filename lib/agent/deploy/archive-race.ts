import { setTimeout as sleep } from 'node:timers/promises';
import type { ArchivedTree, DownloadedArchive } from '../archive/download.ts';

/** Time that an archive has alone. Milliseconds. */
const aloneMilliseconds = 30_000;

/** Two ways to a commit. Each ends early when its signal fires. */
export interface Ways {
  archive: (stop: AbortSignal) => Promise<DownloadedArchive>;
  git: (stop: AbortSignal) => Promise<unknown>;
}

/** The commit is in the mirror. */
const fetched = Symbol('fetched');

/**
 * Takes the archive, or git once the archive does not serve or is late: then both work, and the first that has the
 * commit ends the other. Returns the tree of the archive, or undefined when git has the commit. `combine` makes the
 * error of both.
 */
export async function raceArchive(
  { archive, git }: Ways,
  combine: (error: unknown, because: string) => unknown,
  milliseconds = aloneMilliseconds,
): Promise<ArchivedTree | undefined> {
  const [stopArchive, stopGit, timer] = [new AbortController(), new AbortController(), new AbortController()];
  const taking = archive(stopArchive.signal);
  const late = sleep(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([taking, late]).finally(() => timer.abort());
  const early = await Promise.race([taking, undefined]);
  if (early && 'tree' in early) return early.tree;
  const fetching = git(stopGit.signal).then(
    (): typeof fetched => fetched,
    (error: unknown) => ({ error }),
  );
  const first = await Promise.race([firstTree(taking), fetching]);
  if (first === fetched) stopArchive.abort();
  else if ('tree' in first) stopGit.abort();
  const [taken, done] = await Promise.all([taking, fetching]);
  if (done === fetched) return undefined;
  if ('tree' in taken) return taken.tree;
  throw combine(done.error, taken.because);
}

/** Never ends if there is no tree: git goes on. */
async function firstTree(taking: Promise<DownloadedArchive>): Promise<{ tree: ArchivedTree }> {
  const taken = await taking;
  return 'tree' in taken ? taken : await new Promise(() => undefined);
}
