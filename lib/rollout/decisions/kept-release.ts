import { isGit, type Repositories } from '../../config/repository.ts';
import { type Entry, isArtifact, type Release } from '../../release/release.ts';
import type { ReleaseRequest } from '../../release/release-request.ts';

/**
 * Entries that a deployment leaves exactly as recorded: those of every repository that it does not name. If it names
 * none, it takes the tip of each.
 */
export function keptRelease(
  asked: Readonly<Record<string, ReleaseRequest>>,
  recorded: Release | undefined,
  repositories: Repositories,
): Release {
  if (!recorded || Object.keys(asked).length === 0) return {};
  return entriesOf(recorded, (name, entry) => !(name in asked) && isSameKind(repositories, name, entry));
}

/** Whether a repository still is what the record says: a git repository, or an artifact. */
export function isSameKind(repositories: Repositories, name: string, entry: Entry): boolean {
  const repository = repositories[name];
  return repository !== undefined && isGit(repository) !== isArtifact(entry);
}

function entriesOf(release: Release, is: (name: string, entry: Entry) => boolean): Release {
  return Object.fromEntries(Object.entries(release).filter(([name, entry]) => is(name, entry)));
}
