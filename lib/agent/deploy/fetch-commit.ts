import type { GitRepository } from '../../config/repository.ts';
import { accessTo } from '../git/access.ts';
import { obtain, proveCommit, type Source, type Wish } from '../git/fetch-strategy.ts';
import { Mirror } from '../git/mirror.ts';
import type { Desk } from '../session/session.ts';

/** Gets a commit into the repository's mirror and gives its hash. */
export async function fetchCommit(
  desk: Desk,
  name: string,
  repository: GitRepository,
  wish: Wish,
): Promise<string> {
  const source = sourceOf(desk, name, repository);
  return await desk.events.phase('fetch', name, async () => {
    await source.mirror.open();
    return await obtain(source, wish);
  });
}

/** Proves that a commit is on its branch, without getting it. */
export async function proveOnly(
  desk: Desk,
  name: string,
  repository: GitRepository,
  wish: Wish,
): Promise<void> {
  const source = sourceOf(desk, name, repository);
  await desk.events.phase('proof', name, async () => proveCommit(source, await source.origin(), wish));
}

function sourceOf(desk: Desk, name: string, repository: GitRepository): Source {
  const { mirror, work } = desk.layout.repository(name);
  const origin = async () => ({
    url: repository.url,
    access: await accessTo(repository, desk.stores.secrets, desk.keys),
  });
  return { git: desk.git, mirror: new Mirror(mirror, desk.git), work, origin };
}
