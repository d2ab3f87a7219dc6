import { isGit, primaryRepository } from '../../config/repository.ts';
import { HoldfastError } from '../../release/errors.ts';
import type { Release } from '../../release/release.ts';
import type { ReleaseRequest } from '../../release/release-request.ts';
import type { Session } from '../session/session.ts';
import { type Applied, apply } from './apply.ts';
import { repositoryOf } from './fetch.ts';
import { fetchOne } from './fetch-decided.ts';
import { readRecord, recordRelease } from './record.ts';

/** Manual mode: decides a release, applies it, then records it. */
export async function deployManual(session: Session, asked: ReleaseRequest): Promise<Applied> {
  const { settings, events } = session;
  const primary = primaryRepository(settings.repositories, settings.configuration);
  refuseImpossible(session, primary, asked);
  const before = await events.phase('read record', undefined, () =>
    readRecord(session, settings.parameters.deployed),
  );
  // What the options do not name stays as recorded.
  const others = isNamed(asked) ? ('as recorded' as const) : {};
  const wanted = Object.keys(settings.repositories).map((name) => ({
    name,
    fetch: () => fetchOne(session, name, before?.record.release[name], name === primary ? asked : others),
  }));
  const applied = await apply(session, wanted);
  // Repositories of other machines' settings stay as recorded.
  const release: Release = { ...before?.record.release, ...applied.release };
  const isWritten = await events.phase('record', undefined, () => recordRelease(session, before, release));
  events.tell(isWritten ? 'recorded' : 'already recorded', {
    parameter: settings.parameters.deployed,
    release,
  });
  return applied;
}

function refuseImpossible(session: Session, primary: string, { branch, commit }: ReleaseRequest): void {
  if (isGit(repositoryOf(session, primary)) || (branch === undefined && commit === undefined)) return;
  throw new HoldfastError(
    'InvalidInput',
    `repository ${primary} is an artifact and has no branches and commits; name its tarball with --overlay`,
  );
}

function isNamed({ branch, commit, overlay }: ReleaseRequest): boolean {
  return branch !== undefined || commit !== undefined || overlay !== undefined;
}
