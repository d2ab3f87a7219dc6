import type { Objects } from '../../aws/objects.ts';
import { isGit } from '../../config/repository.ts';
import { storeKeys } from '../../config/resource-names.ts';
import type { Settings } from '../../config/settings.ts';
import { type GitEntry, isArtifact, type Release } from '../../release/release.ts';
import type { InstanceContext } from './instance-context.ts';

/** Gets each commit of a release, from a good archive or else from git. Throws when neither has it. */
export async function getCommits(
  context: InstanceContext,
  settings: Settings,
  release: Release,
): Promise<void> {
  const objects = context.objects(settings.bucket);
  for (const { name, url, entry } of commitsOf(settings, release)) {
    if (await isArchived(objects, settings, name, entry)) continue;
    // A host gives a commit by its hash from any branch; it only has to answer.
    await context.holds(url, entry.branch, entry.commit);
  }
}

/** Uploads archives as an instance in service does. A failure does not matter. */
export async function keepArchives(
  context: InstanceContext,
  settings: Settings,
  release: Release,
): Promise<void> {
  const objects = context.objects(settings.bucket);
  for (const { name, entry } of commitsOf(settings, release)) {
    if (await isArchived(objects, settings, name, entry)) continue;
    const key = storeKeys.archive(settings.service, name, entry.commit);
    await objects.put(key, entry.commit, { absent: true }).catch(() => undefined);
  }
}

/** The commit itself stands for an archive with correct hashes. */
async function isArchived(
  objects: Objects,
  { service }: Settings,
  name: string,
  { commit }: GitEntry,
): Promise<boolean> {
  const archive = await objects.get(storeKeys.archive(service, name, commit)).catch(() => undefined);
  return archive?.body === commit;
}

function commitsOf({ repositories }: Settings, release: Release) {
  return Object.entries(release).flatMap(([name, entry]) => {
    const repository = repositories[name];
    return repository && isGit(repository) && !isArtifact(entry)
      ? [{ name, url: repository.url, entry }]
      : [];
  });
}
