import type { GitRepository } from '../../config/repository.ts';
import { accessTo } from '../git/access.ts';
import { type CommitRequest, fetchByStrategy, proveCommit, type Source } from '../git/fetch-strategy.ts';
import { Mirror } from '../git/mirror.ts';
import type { Session } from '../session/session.ts';

/** Gets a commit into the repository's mirror and returns its hash. `stop` ends it early, with an error. */
export async function fetchCommit(
  session: Session,
  name: string,
  repository: GitRepository,
  request: CommitRequest,
  stop?: AbortSignal,
): Promise<string> {
  const source = sourceOf(session, name, repository, stop);
  return await session.events.phase('fetch', name, async () => {
    await source.mirror.open();
    return await fetchByStrategy(source, request);
  });
}

/** Proves that a commit is on its branch without fetching it. */
export async function proveOnly(
  session: Session,
  name: string,
  repository: GitRepository,
  request: CommitRequest,
): Promise<void> {
  const source = sourceOf(session, name, repository);
  await session.events.phase('proof', name, async () => proveCommit(source, await source.origin(), request));
}

function sourceOf(session: Session, name: string, repository: GitRepository, stop?: AbortSignal): Source {
  const git = stop ? session.git.until(stop) : session.git;
  const { mirror, work } = session.layout.repository(name);
  const origin = async () => ({
    url: repository.url,
    access: await accessTo(repository, session.stores.secrets, session.keys),
  });
  return { git, mirror: new Mirror(mirror, git), work, origin };
}
