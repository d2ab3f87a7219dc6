import { type GitRepository, isGit } from '../../config/repository.ts';
import { type GitEntry, isArtifact } from '../../release/release.ts';
import { noSuchBranch } from '../../release/target-commit.ts';
import { amidWork } from '../deploy/apply.ts';
import { repositoryOf } from '../deploy/fetch.ts';
import { fetchCommit } from '../deploy/fetch-commit.ts';
import { upkeep } from '../deploy/mirror-upkeep.ts';
import { isAsWanted, prepare } from '../deploy/prepare.ts';
import { accessTo } from '../git/access.ts';
import { Mirror } from '../git/mirror.ts';
import { isProvisioned, provision } from '../provision/provision.ts';
import { currentRelease, type Kept, keptReleases } from '../releases/release-notes.ts';
import { noteReplaced } from '../releases/running.ts';
import { pointAt, stageLinks } from '../releases/switch.ts';
import { beginWork } from '../releases/workspace.ts';
import type { Desk } from '../session/session.ts';

/**
 * Applies the tip of the branch that the configuration follows, when it is another commit or was not applied whole. On a
 * failure `current` stays and the services go on; the next refresh tries again. Gives whether something was applied.
 */
export async function followBranch(desk: Desk): Promise<boolean> {
  const { configuration, provision: means, states } = desk.settings;
  if (states !== 'follow' || configuration === undefined || !means) return false;
  const repository = repositoryOf(desk, configuration);
  const current = currentRelease(desk.layout.repository(configuration));
  if (!isGit(repository) || !current) {
    desk.events.warn(`repository ${configuration} has no current commit yet; deploy a release first`);
    return false;
  }
  desk.git.configure();
  return await amidWork(desk, [configuration], () => follow(desk, configuration, repository, current));
}

async function follow(desk: Desk, name: string, repository: GitRepository, current: Kept): Promise<boolean> {
  const { entry } = current.note;
  const branch = isArtifact(entry) ? repository.branch : entry.branch;
  const tip = await askTip(desk, name, repository, branch);
  if (!isArtifact(entry) && tip === entry.commit && isProvisioned(desk, current.id)) return false;
  desk.events.tell('configuration', { repository: name, branch, commit: tip });
  const id = await release(desk, name, repository, { branch, commit: tip });
  await provision(desk, name, id);
  stageLinks(desk.layout, { [name]: id });
  pointAt(desk.layout.repository(name), id);
  noteReplaced(desk.layout, name, id);
  desk.events.tell('switched', { repository: name, release: id });
  await upkeep(desk, [name]);
  return true;
}

async function askTip(desk: Desk, name: string, repository: GitRepository, branch: string): Promise<string> {
  const mirror = new Mirror(desk.layout.repository(name).mirror, desk.git);
  await mirror.open();
  const access = await accessTo(repository, desk.stores.secrets, desk.keys);
  const tip = await mirror.askTip({ url: repository.url, access }, branch);
  if (tip !== undefined) return tip;
  throw noSuchBranch(name, branch);
}

/** The release directory of a commit: one that is kept, as after an attempt that failed, else a new one. */
async function release(
  desk: Desk,
  name: string,
  repository: GitRepository,
  entry: GitEntry,
): Promise<string> {
  const paths = desk.layout.repository(name);
  const kept = keptReleases(paths).find((each) => isAsWanted(desk, name, each, entry));
  if (kept) return kept.id;
  beginWork(paths);
  await fetchCommit(desk, name, repository, { repository: name, target: entry, prove: false });
  return await prepare(desk, { name, entry });
}
