import { type GitRepository, isGit } from '../../config/repository.ts';
import { type GitEntry, isArtifact } from '../../release/release.ts';
import { noSuchBranch } from '../../release/target-commit.ts';
import { duringWork } from '../deploy/apply.ts';
import { repositoryOf } from '../deploy/fetch.ts';
import { fetchCommit } from '../deploy/fetch-commit.ts';
import { packMirrors } from '../deploy/mirror-upkeep.ts';
import { isAsWanted, prepare } from '../deploy/prepare.ts';
import { accessTo } from '../git/access.ts';
import { Mirror } from '../git/mirror.ts';
import { isProvisioned, provision } from '../provision/provision.ts';
import { currentRelease, type Kept, keptReleases } from '../releases/release-notes.ts';
import { noteReplaced } from '../releases/running.ts';
import { pointAt, stageLinks } from '../releases/switch.ts';
import { beginWork } from '../releases/workspace.ts';
import type { Session } from '../session/session.ts';

/**
 * Applies the tip of the branch that the configuration follows, if it is another commit or was not completely
 * applied. After a failure `current` stays, the services keep running, and the next refresh tries again. Returns
 * whether something was applied.
 */
export async function followBranch(session: Session): Promise<boolean> {
  const { configuration, provision: means, states } = session.settings;
  if (states !== 'follow' || configuration === undefined || !means) return false;
  const repository = repositoryOf(session, configuration);
  const current = currentRelease(session.layout.repository(configuration));
  if (!isGit(repository) || !current) {
    session.events.warn(`repository ${configuration} has no current commit yet; deploy a release first`);
    return false;
  }
  session.git.configure();
  return await duringWork(session, [configuration], () =>
    follow(session, configuration, repository, current),
  );
}

async function follow(
  session: Session,
  name: string,
  repository: GitRepository,
  current: Kept,
): Promise<boolean> {
  const { entry } = current.note;
  const branch = isArtifact(entry) ? repository.branch : entry.branch;
  const tip = await askTip(session, name, repository, branch);
  if (!isArtifact(entry) && tip === entry.commit && isProvisioned(session, current.id)) return false;
  session.events.tell('configuration', { repository: name, branch, commit: tip });
  const id = await release(session, name, repository, { branch, commit: tip });
  await provision(session, name, id);
  stageLinks(session.layout, { [name]: id });
  pointAt(session.layout.repository(name), id);
  noteReplaced(session.layout, name, id);
  session.events.tell('switched', { repository: name, release: id });
  await packMirrors(session, [name]);
  return true;
}

async function askTip(
  session: Session,
  name: string,
  repository: GitRepository,
  branch: string,
): Promise<string> {
  const mirror = new Mirror(session.layout.repository(name).mirror, session.git);
  await mirror.open();
  const access = await accessTo(repository, session.stores.secrets, session.keys);
  const tip = await mirror.askTip({ url: repository.url, access }, branch);
  if (tip !== undefined) return tip;
  throw noSuchBranch(name, branch);
}

/** The release directory of a commit: a kept one, as after a failed attempt, or a new one. */
async function release(
  session: Session,
  name: string,
  repository: GitRepository,
  entry: GitEntry,
): Promise<string> {
  const paths = session.layout.repository(name);
  const kept = keptReleases(paths).find((each) => isAsWanted(session, name, each, entry));
  if (kept) return kept.id;
  beginWork(paths);
  await fetchCommit(session, name, repository, { repository: name, target: entry, prove: false });
  return await prepare(session, { name, entry });
}
