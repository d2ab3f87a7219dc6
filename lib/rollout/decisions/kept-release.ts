import { isGit, type Repositories } from '../../config/repository.ts';
import type { Settings } from '../../config/settings.ts';
import { HoldfastError } from '../../release/errors.ts';
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

/**
 * Entries of a deployment of a whole record: those of the record, and beside them repositories that were added since,
 * as recorded. Refuses a record of repositories that the service does not have any more.
 */
export function wholeRelease(
  whole: { release: Release; version: number },
  recorded: Release | undefined,
  { service, repositories }: Pick<Settings, 'service' | 'repositories'>,
): Release {
  const misfits = Object.entries(whole.release).flatMap(([name, entry]) =>
    isSameKind(repositories, name, entry) ? [] : [misfit(repositories, name, entry)],
  );
  if (misfits.length > 0)
    throw new HoldfastError(
      'InvalidInput',
      `version: record ${whole.version} of service ${service} cannot be deployed whole: ${misfits.join(', ')}; give the commits that are to run, or put the repositories back into the configuration`,
    );
  const added = entriesOf(recorded ?? {}, (name, entry) => isSameKind(repositories, name, entry));
  return { ...added, ...whole.release };
}

function misfit(repositories: Repositories, name: string, entry: Entry): string {
  if (!repositories[name]) return `repository ${name} is gone from the configuration`;
  return isArtifact(entry)
    ? `repository ${name} was an artifact and is a git repository now`
    : `repository ${name} was a git repository and is an artifact now`;
}

/** Whether a repository still is what the record says: a git repository, or an artifact. */
function isSameKind(repositories: Repositories, name: string, entry: Entry): boolean {
  const repository = repositories[name];
  return repository !== undefined && isGit(repository) !== isArtifact(entry);
}

function entriesOf(release: Release, is: (name: string, entry: Entry) => boolean): Release {
  return Object.fromEntries(Object.entries(release).filter(([name, entry]) => is(name, entry)));
}
