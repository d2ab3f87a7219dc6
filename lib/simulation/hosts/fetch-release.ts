import type { Objects } from '../../aws/objects.ts';
import { isGit } from '../../config/repository.ts';
import { parameterNames, tags } from '../../config/resource-names.ts';
import type { Settings } from '../../config/settings.ts';
import type { LaunchedInstance } from '../../local-aws/model/hosts.ts';
import { tarballMissing } from '../../release/overlay-key.ts';
import { parseParameterVersion } from '../../release/parameter-version.ts';
import { type DeployedRecord, parseRecord } from '../../release/record.ts';
import { isArtifact, type Release, sameCommit } from '../../release/release.ts';
import { notOnBranch } from '../../release/target-commit.ts';
import { getCommits } from './archives.ts';
import type { InstanceContext } from './instance-context.ts';

/**
 * The record that an instance's fleet carries, at exactly its version; the newest where the instances record, if there
 * is one.
 */
export async function readRecord(
  instance: LaunchedInstance,
  context: InstanceContext,
  recorder?: Settings['record'],
): Promise<DeployedRecord | undefined> {
  const tag = instance.tags[tags.record] ?? '';
  if (recorder === 'instances') {
    const newest = await context.parameters.get(tag);
    return newest && parseRecord(newest.value, `parameter ${tag}`);
  }
  const { name, version } = parseParameterVersion(tag);
  const { value } = await context.parameters.getVersion(name, version);
  return parseRecord(value, `parameter ${tag}`);
}

/**
 * Gets everything that a record names. Throws the kind of error that the agent would: a commit that is not on its
 * branch, or that neither an archive nor git gives; a missing tarball.
 */
export async function fetchRelease(
  context: InstanceContext,
  settings: Settings,
  record: DeployedRecord,
): Promise<void> {
  if (!record.verified) await prove(context, settings, record.release);
  await getCommits(context, settings, record.release);
  await findTarballs(context.objects(settings.bucket), record.release);
}

/** Commits that are deployed already need no proof. */
async function prove(context: InstanceContext, settings: Settings, release: Release): Promise<void> {
  const deployed = await deployedRelease(context, settings);
  for (const [name, entry] of Object.entries(release)) {
    const repository = settings.repositories[name];
    if (!repository || !isGit(repository) || isArtifact(entry)) continue;
    if (sameCommit(deployed[name], entry)) continue;
    if (!(await context.holds(repository.url, entry.branch, entry.commit)))
      throw notOnBranch(name, entry.commit, entry.branch);
  }
}

async function deployedRelease(context: InstanceContext, settings: Settings): Promise<Release> {
  const name = parameterNames(settings.environment, settings.service).deployed;
  const deployed = await context.parameters.get(name);
  return deployed ? parseRecord(deployed.value, `parameter ${name}`).release : {};
}

async function findTarballs(objects: Objects, release: Release): Promise<void> {
  for (const [name, entry] of Object.entries(release)) {
    const tarball = isArtifact(entry) ? entry.artifact : entry.overlay;
    if (!tarball || (await objects.head(tarball.key, tarball.version))) continue;
    throw tarballMissing(name, `found no object ${tarball.key} of version ${tarball.version}`);
  }
}
