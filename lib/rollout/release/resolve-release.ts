import { type GitRepository, isGit, type Repository } from '../../config/repository.ts';
import { storeKeys } from '../../config/resource-names.ts';
import type { Settings } from '../../config/settings.ts';
import { speaksHttp } from '../../git/branch-tips.ts';
import { HoldfastError } from '../../release/errors.ts';
import { overlayKeyOf, tarballMissing } from '../../release/overlay-key.ts';
import { type Entry, type GitEntry, isArtifact, type Release, type Tarball } from '../../release/release.ts';
import type { ReleaseRequest } from '../../release/release-request.ts';
import { decideTarget, noSuchBranch, recordedEntry } from '../../release/target-commit.ts';
import type { Adapters } from '../actions/step-context.ts';
import { findTarball } from './find-tarball.ts';

type ResolveDeps = Pick<Adapters, 'objects' | 'refs'>;

/** One exact release, and whether every commit was seen to be on its branch. */
export interface Resolved {
  release: Release;
  verified: boolean;
}

/** What a deployment asks for, by repository. */
export interface Wanted {
  /** To be resolved; a repository in neither part takes the tip of its branch. */
  asked: Readonly<Record<string, ReleaseRequest>>;
  /** To be deployed exactly so. Its commits were proven when they were recorded. */
  kept: Release;
  /** The release of the newest record. */
  recorded: Release | undefined;
}

/** Refuses requests that the git host could never resolve, before the journal is taken. */
export function refuseUnresolvable(settings: Settings, { asked, kept }: Wanted): void {
  for (const [name, repository] of Object.entries(settings.repositories)) {
    if (!isGit(repository) || speaksHttp(repository.url) || kept[name] || asked[name]?.commit) continue;
    throw new HoldfastError(
      'InvalidInput',
      `commit: repository ${name} (${repository.url}) is not reached over HTTPS, so the workflow cannot ask it for the tip of a branch; give the commit, 40 hex digits`,
    );
  }
}

/** Resolves a request to one exact release. */
export async function resolveRelease(
  deps: ResolveDeps,
  settings: Settings,
  { asked, kept, recorded }: Wanted,
): Promise<Resolved> {
  const resolved = await Promise.all(
    Object.entries(settings.repositories).map(async ([name, repository]) => {
      const entry = kept[name];
      if (entry) return [name, { ...keep(name, repository, entry), verified: true }] as const;
      const wanted = asked[name] ?? {};
      const last = recorded?.[name];
      return [
        name,
        isGit(repository)
          ? await resolveGit(deps, settings.service, { name, repository, wanted, last })
          : { ...(await resolveArtifact(deps, name, wanted, last)), verified: true },
      ] as const;
    }),
  );
  return {
    release: Object.fromEntries(resolved.map(([name, { verified: _, ...entry }]) => [name, entry as Entry])),
    verified: resolved.every(([, { verified }]) => verified),
  };
}

/** An entry exactly as it is. Instances would refuse one that lacks a required overlay. */
function keep(name: string, repository: Repository, entry: Entry): Entry {
  if (isArtifact(entry) || entry.overlay || !isGit(repository) || repository.overlay !== 'required')
    return entry;
  throw new HoldfastError(
    'InvalidTarball',
    `repository ${name}: its recorded commit ${entry.commit} has no overlay, one is required; name the commit and its overlay`,
  );
}

interface GitQuestion {
  name: string;
  repository: GitRepository;
  wanted: ReleaseRequest;
  last: Entry | undefined;
}

async function resolveGit(
  deps: ResolveDeps,
  service: string,
  question: GitQuestion,
): Promise<GitEntry & { verified: boolean }> {
  const { name, repository, wanted, last } = question;
  const { branch, commit: given } = decideTarget(wanted, last, repository.branch);
  const isProven = recordedEntry(last, given)?.branch === branch;
  const tip = isProven ? given : await tipOf(deps, question, branch, given);
  const commit = given ?? tip;
  if (commit === undefined) throw noSuchBranch(name, branch);
  const overlay = await resolveOverlay(deps, service, question, commit);
  return { branch, commit, ...(overlay && { overlay }), verified: commit === tip };
}

/**
 * The tip of the branch. If a commit is given, the tip only saves the instances a proof, so a host that does not
 * answer is no reason to refuse.
 */
async function tipOf(
  { refs }: ResolveDeps,
  { name, repository }: GitQuestion,
  branch: string,
  given: string | undefined,
): Promise<string | undefined> {
  if (!speaksHttp(repository.url)) return undefined;
  const asked = refs.tip(repository, branch);
  const tip = await (given ? asked.catch(() => 'unknown') : asked);
  if (tip === undefined) throw noSuchBranch(name, branch);
  return tip;
}

/**
 * The named overlay, else that of the recorded commit, else the one under the commit's name. A tip may have got an
 * overlay since it was recorded, so there the name comes first.
 */
async function resolveOverlay(
  deps: ResolveDeps,
  service: string,
  { name, repository, wanted, last }: GitQuestion,
  commit: string,
): Promise<Tarball | undefined> {
  if (repository.overlay === 'none' || wanted.overlay === 'none') return undefined;
  if (wanted.overlay) return findTarball(deps, name, wanted.overlay);
  const recorded = recordedEntry(last, commit)?.overlay;
  if (recorded && wanted.commit) return recorded;
  const prefix = storeKeys.overlays(service, name);
  const key = overlayKeyOf(name, await deps.objects.list(`${prefix}${commit}.tar`), prefix, commit);
  if (key) return findTarball(deps, name, key);
  if (recorded || repository.overlay === 'optional') return recorded;
  throw tarballMissing(name, `found no overlay ${prefix}${commit}.tar.*, one is required`);
}

async function resolveArtifact(
  deps: ResolveDeps,
  name: string,
  { overlay: key }: ReleaseRequest,
  last: Entry | undefined,
): Promise<Entry> {
  if (key) return { artifact: await findTarball(deps, name, key) };
  if (last && isArtifact(last)) return last;
  throw tarballMissing(name, 'found no artifact in the record and none in the input');
}
