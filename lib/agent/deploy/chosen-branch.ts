import { isGit } from '../../config/repository.ts';
import { HoldfastError } from '../../release/errors.ts';
import type { Release } from '../../release/release.ts';
import type { Session } from '../session/session.ts';
import { fetchCommit } from './fetch-commit.ts';

/**
 * Replaces the configuration's commit by the tip of the chosen branch, if one was chosen: for development and test.
 */
export async function takeChosenBranch(session: Session, release: Release): Promise<Release> {
  const { configuration: name, configurationBranch: branch, repositories } = session.settings;
  if (branch === undefined) return release;
  const repository = name === undefined ? undefined : repositories[name];
  if (name === undefined || !repository || !isGit(repository)) {
    throw new HoldfastError(
      'InvalidInput',
      `found branch ${branch} for the configuration, but the service has no configuration in git; leave configurationBranch out of the user-data`,
    );
  }
  session.git.configure();
  const request = { repository: name, target: { branch }, prove: false };
  const commit = await fetchCommit(session, name, repository, request);
  session.events.tell('configuration', { repository: name, branch, commit });
  return { ...release, [name]: { branch, commit } };
}
